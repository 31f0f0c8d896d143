//! Cookiebot: `{stamp:'…',necessary:true,preferences:false,statistics:false,marketing:false,method:'explicit',ver:1,utc:…}`,
//! a JavaScript object, partly percent-encoded. `-1` stands for a visitor outside the regions that are asked.

use crate::charter::platform::data::Look;

use super::{Decoded, Kept, Record, UNKNOWN_SHAPE, moment, value};

pub(super) fn decode<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let item = kept.first()?;
    let mut record = Record::default();
    if item.value.trim() == "-1" {
        record.chosen = Some(false);
        return Some((item.name, Ok(record)));
    }
    let Some(json) = value::json(item.value) else { return Some((item.name, Err(UNKNOWN_SHAPE))) };
    for id in ["necessary", "preferences", "statistics", "marketing"] {
        if let Some(accepted) = json.truth(id) {
            record.put(id, accepted);
        }
    }
    record.at = json.number("utc").and_then(moment::of_number);
    record.chosen = json.words("method").map(|method| method == "explicit");
    let known = !record.accepted.is_empty() || !record.refused.is_empty();
    Some((item.name, if known { Ok(record) } else { Err(UNKNOWN_SHAPE) }))
}
