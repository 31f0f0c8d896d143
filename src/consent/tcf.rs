//! IAB TCF: the core segment of a TC string of version 2.
//!
//! Of the string, the purposes and the moment are read; how many vendors are named is of no use here. The one crate for
//! it reads beyond the end of short strings and unfolds vendor ranges into gigabytes, so the few fixed fields are read here.

use super::{Decoded, Kept, Record, UNKNOWN_SHAPE, moment, value};
use crate::charter::platform::data::Look;

/// Where the fields of the core segment stand: first bit and number of bits.
const VERSION: (usize, usize) = (0, 6);
const UPDATED: (usize, usize) = (42, 36);
const PURPOSE_CONSENTS: usize = 152;
/// Purposes of TCF policy 5; the other bits up to 24 are reserved.
const PURPOSES: usize = 11;

pub(super) fn decode<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let item = kept.first()?;
    // `uc_tcf` is JSON around the string.
    let inside = value::json(item.value).and_then(|json| json.words("tcString").map(str::to_owned));
    let string = inside.unwrap_or_else(|| value::text(item.value));
    Some((item.name, core(&string).ok_or(UNKNOWN_SHAPE)))
}

/// The purposes consented to and refused, and the moment of the last change.
pub(super) fn core(string: &str) -> Option<Record> {
    let bytes = value::bytes(string.trim().split('.').next()?)?;
    if bits(&bytes, VERSION.0, VERSION.1)? != 2 {
        return None;
    }
    let mut record = Record {
        at: moment::of_number(bits(&bytes, UPDATED.0, UPDATED.1)? as f64 * 100.0),
        chosen: Some(true),
        ..Record::default()
    };
    for purpose in 1..=PURPOSES {
        let consent = bits(&bytes, PURPOSE_CONSENTS + purpose - 1, 1)?;
        record.put(purpose.to_string(), consent == 1);
    }
    Some(record)
}

/// A number of at most 64 bits, the most significant first; nothing beyond the end.
fn bits(bytes: &[u8], from: usize, count: usize) -> Option<u64> {
    (from..from + count).try_fold(0, |number, bit| {
        let byte = bytes.get(bit / 8)?;
        Some(number << 1 | u64::from(byte >> (7 - bit % 8) & 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_read() {
        // From the IAB's own example: created 27 May 2020, purposes 1 to 3 consented.
        let record = core("COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw").unwrap();
        assert_eq!(record.accepted, ["1", "2", "3"]);
        assert_eq!(record.refused.len(), 8);
        assert_eq!(record.at, Some(1_582_243_059_300.0));
    }

    #[test]
    fn short_and_foreign_strings_are_not_read() {
        for string in ["", "C", "COvFyGB", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", "....", "%%%", "true", "é"] {
            assert_eq!(core(string), None, "{string}");
        }
    }
}
