//! "Did you mean …?"

/// The candidate that a person most likely meant by `name`; `None` when none is near.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_nothing() {
        let keys = ["schema", "targets", "migrations"];
        assert_eq!(closest("shcema", keys), Some("schema"));
        assert_eq!(closest("Target", keys), Some("targets"));
        assert_eq!(closest("server", keys), None);
    }
}
