use orm_ide::{AnalysisHost, Severities, Targets};
use orm_testkit::repository;
fn is_part(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let behind = |o: &str, c: &str| o.len() + rest[o.len()..].find(c).unwrap() + c.len();
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("\"\"\"") {
            behind("\"\"\"", "\"\"\"")
        } else if first == '"' {
            behind("\"", "\"")
        } else if is_part(first) {
            let l = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            if !first.is_ascii_digit() {
                words.push((at, &rest[..l]));
            }
            l
        } else {
            first.len_utf8()
        };
    }
    words
}
#[test]
fn hovers() {
    let (mut all, mut none) = (0, 0);
    for files in repository::examples() {
        let mut host = AnalysisHost::new(Targets::default(), Severities::new());
        host.workspace_mut().set_closed(files.clone());
        let analysis = host.analysis();
        for (path, text) in &files {
            for (at, word) in words(text) {
                all += 1;
                if analysis.hover(path, at).unwrap().is_none() {
                    none += 1;
                    let s = text[..at].rfind('\n').map_or(0, |it| it + 1);
                    println!(
                        "NOHOVER {path}: {}«{word}»{}",
                        &text[s..at],
                        text[at + word.len()..].lines().next().unwrap_or_default()
                    );
                }
            }
        }
    }
    println!("{none} of {all}");
}
