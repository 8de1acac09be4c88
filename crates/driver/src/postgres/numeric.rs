//! PostgreSQL's binary `numeric` to text, with all its digits.
//!
//! Source: `numeric_send` in PostgreSQL's `src/backend/utils/adt/numeric.c`: four 16-bit numbers (count of digits, weight, sign, display scale),
//! then digits to base 10,000; the first digit stands for 10,000 to the power of the weight.

use std::error::Error;
use std::fmt::Write as _;

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const NEGATIVE_INFINITY: u16 = 0xF000;

/// Decimal places in one digit to base 10,000.
const PLACES: usize = 4;

pub(super) fn from_binary(raw: &[u8]) -> Result<String, Box<dyn Error + Sync + Send>> {
    let words: Vec<u16> = raw.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
    let [count, weight, sign, scale, digits @ ..] = words.as_slice() else {
        return Err("a numeric value is cut short".into());
    };
    if digits.len() != usize::from(*count) {
        return Err("a numeric value has another length than it says".into());
    }
    match *sign {
        NAN => Ok("NaN".to_owned()),
        INFINITY => Ok("Infinity".to_owned()),
        NEGATIVE_INFINITY => Ok("-Infinity".to_owned()),
        sign => {
            let minus = if sign == NEGATIVE { "-" } else { "" };
            Ok(format!("{minus}{}", decimal(digits, weight.cast_signed().into(), usize::from(*scale))))
        }
    }
}

fn decimal(digits: &[u16], weight: i32, scale: usize) -> String {
    let digit =
        |power: i32| usize::try_from(weight - power).ok().and_then(|index| digits.get(index)).copied().unwrap_or(0);
    let mut whole = String::new();
    for power in (0..=weight.max(0)).rev() {
        // Writing to a String can't fail.
        _ = write!(whole, "{:04}", digit(power));
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if scale == 0 {
        return whole.to_owned();
    }
    let mut fraction = String::new();
    for place in 0..scale.div_ceil(PLACES) {
        let power = -1 - i32::try_from(place).unwrap_or(i32::MAX - 1);
        _ = write!(fraction, "{:04}", digit(power));
    }
    fraction.truncate(scale);
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[u16]) -> String {
        let raw: Vec<u8> = words.iter().flat_map(|it| it.to_be_bytes()).collect();
        from_binary(&raw).unwrap()
    }

    #[test]
    fn digits_weight_sign_and_scale() {
        assert_eq!(read(&[0, 0, 0, 0]), "0");
        assert_eq!(read(&[0, 0, 0, 2]), "0.00");
        assert_eq!(read(&[1, 0, NEGATIVE, 0, 42]), "-42");
        assert_eq!(read(&[2, 1, 0, 0, 1, 2]), "10002");
        assert_eq!(read(&[1, 1, 0, 0, 5]), "50000");
        assert_eq!(read(&[2, 0, 0, 3, 12, 3400]), "12.340");
        assert_eq!(read(&[1, 0xFFFF, 0, 5, 1]), "0.00010");
        assert_eq!(read(&[1, 0xFFFE, 0, 8, 7]), "0.00000007");
        assert_eq!(read(&[0, 0, NAN, 0]), "NaN");
    }

    #[test]
    fn a_broken_value_is_an_error() {
        assert!(from_binary(&[0, 1]).is_err());
        assert!(from_binary(&[0, 1, 0, 0, 0, 0, 0, 0]).is_err());
    }
}
