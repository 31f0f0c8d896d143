//! Moments as ISO 8601 in UTC. The core has no clock and no time zone.

/// `2026-11-23T15:07:00Z` for milliseconds since 1970; nothing outside the years 1970 to 9999.
pub(super) fn iso(milliseconds: f64) -> Option<String> {
    let (year, month, day, second) = civil(milliseconds)?;
    let (hours, minutes, seconds) = (second / 3600, second / 60 % 60, second % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z"))
}

/// `2026-11-23`.
pub(super) fn day(milliseconds: f64) -> Option<String> {
    let (year, month, day, _) = civil(milliseconds)?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Year, month, day, and second of that day, in the Gregorian calendar.
///
/// `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// <https://howardhinnant.github.io/date_algorithms.html>; years begin on 1 March there, so that the leap day is last.
fn civil(milliseconds: f64) -> Option<(u64, u64, u64, u64)> {
    const END_OF_9999: f64 = 253_402_300_800_000.0;
    // Zero is what an absent moment looks like: nothing was judged in 1970.
    if !(milliseconds > 0.0 && milliseconds < END_OF_9999) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded above
    let seconds = (milliseconds / 1000.0) as u64;
    let days = seconds / 86_400 + 719_468; // from 0000-03-01
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Some((year, month, day, seconds % 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_iso_8601() {
        assert_eq!(iso(1_000.0).as_deref(), Some("1970-01-01T00:00:01Z"));
        assert_eq!(iso(951_782_400_000.0).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(iso(1_795_446_420_999.9).as_deref(), Some("2026-11-23T15:07:00Z"));
        assert_eq!(iso(4_107_542_399_000.0).as_deref(), Some("2100-02-28T23:59:59Z"));
        assert_eq!(iso(4_107_542_400_000.0).as_deref(), Some("2100-03-01T00:00:00Z"));
        assert_eq!(iso(253_402_300_799_000.0).as_deref(), Some("9999-12-31T23:59:59Z"));
        assert_eq!(day(1_795_446_420_000.0).as_deref(), Some("2026-11-23"));
    }

    #[test]
    fn what_is_no_moment_gives_nothing() {
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 253_402_300_800_000.0, 1e300] {
            assert_eq!(iso(wrong), None, "{wrong}");
        }
    }
}
