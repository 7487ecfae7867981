//! Royalties: per cent for people, basis points on the chain.

use std::fmt;

/// A share of a reward, in hundredths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Royalty(pub u16);

impl std::str::FromStr for Royalty {
    type Err = String;

    /// `2.5` per cent are 250 basis points.
    fn from_str(text: &str) -> Result<Self, String> {
        let refused = || format!("{text:?} is no percentage with at most two places: 2.5 say");
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(places) || places.len() > 2 {
            return Err(refused());
        }
        let points = format!("{whole}{places:0<2}").parse();
        points.map(Self).map_err(|_| refused())
    }
}

impl fmt::Display for Royalty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, places) = (self.0 / 100, self.0 % 100);
        let text = match places {
            0 => format!("{whole} %"),
            _ if places % 10 == 0 => format!("{whole}.{} %", places / 10),
            _ => format!("{whole}.{places:02} %"),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_have_at_most_two_places() {
        let points = |text: &str| text.parse::<Royalty>().map(|royalty| royalty.0);
        assert_eq!(points("2.5"), Ok(250));
        assert_eq!(points("50"), Ok(5_000));
        assert_eq!(points("0.01"), Ok(1));
        for text in ["", ".", "-1", "1.234", "x", "1e2", "700"] {
            assert!(points(text).is_err(), "{text}");
        }
    }

    #[test]
    fn they_read_as_they_are_written() {
        for (points, text) in [(0, "0 %"), (1, "0.01 %"), (250, "2.5 %"), (5_000, "50 %")] {
            assert_eq!(Royalty(points).to_string(), text);
        }
        assert_eq!(format!("{:>7}", Royalty(250)), "  2.5 %");
    }
}
