//! Lengths of time in both of a chain's clocks, and what is left of them.

use assay_protocol::messages::time::{
    Deadline, MAX_BLOCKS_A_SECOND, MAX_SECONDS_A_BLOCK, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS,
    Window,
};

use super::Session;
use crate::Error;

/// A length of time as it is written: `90s`, `30m`, `2h`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    seconds: u64,
}

impl std::str::FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = humantime::parse_duration(text).map_err(|error| error.to_string())?;
        let seconds = length.as_secs();
        match (1..=MAX_WINDOW_SECONDS).contains(&seconds) {
            true => Ok(Self { seconds }),
            false => Err("a window has 1 second to 366 days".into()),
        }
    }
}

impl Length {
    /// About as long in blocks, at the rate of the chain's last blocks.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub async fn window(self, session: &Session) -> Result<Window, Error> {
        let (blocks, seconds) = session.chain().block_rate().await?;
        Ok(self.at_rate(blocks, seconds))
    }

    /// At `blocks` in `seconds`, within what contracts take.
    fn at_rate(self, blocks: u64, seconds: u64) -> Window {
        let exact = u128::from(self.seconds) * u128::from(blocks) / u128::from(seconds.max(1));
        let least = self.seconds.div_ceil(MAX_SECONDS_A_BLOCK);
        let most = MAX_WINDOW_BLOCKS.min(self.seconds.saturating_mul(MAX_BLOCKS_A_SECOND));
        Window {
            seconds: self.seconds,
            blocks: u64::try_from(exact).unwrap_or(most).clamp(least, most),
        }
    }
}

/// What is left until a deadline: it passes when both clocks have.
pub fn left(deadline: &Deadline, now_s: u64, height: u64) -> String {
    let seconds = deadline.time.seconds().saturating_sub(now_s);
    let blocks = deadline.height.saturating_sub(height);
    match (seconds, blocks) {
        (0, 0) => "no time".into(),
        (0, blocks) => format!("{blocks} blocks"),
        (seconds, _) => {
            let length = std::time::Duration::from_secs(seconds);
            humantime::format_duration(length).to_string()
        }
    }
}

/// When a deadline passes: `now`, or `in 5m`.
pub fn when(deadline: &Deadline, now_s: u64, height: u64) -> String {
    let is_over = deadline.time.seconds() <= now_s && deadline.height <= height;
    match is_over {
        true => "now".into(),
        false => format!("in {}", left(deadline, now_s, height)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_with_a_unit() {
        let seconds = |text: &str| text.parse::<Length>().map(|length| length.seconds);
        assert_eq!(seconds("90s"), Ok(90));
        assert_eq!(seconds("2h 30m"), Ok(9_000));
        for text in ["", "5", "0s", "400d", "h"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn blocks_follow_the_chains_rate_within_what_contracts_take() {
        let length = Length { seconds: 600 };
        let blocks = |made, seconds| length.at_rate(made, seconds).blocks;
        assert_eq!(blocks(100, 50), 1_200);
        assert_eq!(blocks(100, 600), 100);
        assert_eq!(blocks(100, 1), 2_400);
        assert_eq!(blocks(0, 600), 10);
        assert_eq!(Length { seconds: 1 }.at_rate(100, 600).blocks, 1);
    }
}
