//! Moments as consent platforms write them, in milliseconds since 1970.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// Earliest and latest moment that is believed: 2000 and 2100.
const BELIEVED: std::ops::Range<f64> = 946_684_800_000.0..4_102_444_800_000.0;

/// A moment in a text: ISO 8601, the form of JavaScript's `Date`, or a number.
pub(super) fn of_text(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return of_number(number);
    }
    // `Wed Nov 20 2024 10:00:00 GMT+0100 (Central European Standard Time)`: the zone in brackets is left out.
    let script = format_description!(
        "[weekday repr:short] [month repr:short] [day] [year] [hour]:[minute]:[second] GMT[offset_hour sign:mandatory][offset_minute]"
    );
    let plain = text.split(" (").next().unwrap_or(text);
    let moment = OffsetDateTime::parse(&text.replacen(' ', "T", usize::from(!text.contains('T'))), &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(plain, script))
        .ok()?;
    believed(moment.unix_timestamp() as f64 * 1000.0 + f64::from(moment.millisecond()))
}

/// A moment as a number of seconds or milliseconds.
pub(super) fn of_number(number: f64) -> Option<f64> {
    believed(number).or_else(|| believed(number * 1000.0))
}

/// A moment in JSON: a number or a text.
pub(super) fn of_json(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => of_number(number.as_f64()?),
        Value::String(text) => of_text(text),
        _ => None,
    }
}

fn believed(moment: f64) -> Option<f64> {
    BELIEVED.contains(&moment).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_gives_the_same_moment() {
        for text in [
            "2024-11-20T09:00:00Z",
            "2024-11-20T09:00:00.000Z",
            "2024-11-20T10:00:00+01:00",
            "Wed Nov 20 2024 10:00:00 GMT+0100 (Central European Standard Time)",
            "Wed Nov 20 2024 10:00:00 GMT+0100",
            "1732093200",
            "1732093200000",
        ] {
            assert_eq!(of_text(text), Some(1_732_093_200_000.0), "{text}");
        }
        for text in ["", "yesterday", "0", "-1", "1e300", "2024-13-45T99:00:00Z", "NaN"] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
