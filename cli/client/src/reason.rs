//! A contract's own words out of what a chain wraps around them.

/// What chains put before and after a contract's error. They are the SDK's and wasmd's.
const BEFORE: [&str; 3] = [
    "failed to execute message; message index: ",
    "rpc error: code = Unknown desc = ",
    "rpc error: code = InvalidArgument desc = ",
];
const AFTER: [&str; 5] = [
    ": execute wasm contract failed",
    ": instantiate wasm contract failed",
    ": query wasm contract failed",
    ": wasm contract failed",
    ": unknown request",
];

/// The reason in `log`, without the call stack around it.
pub fn reason(log: &str) -> String {
    // Where the transaction failed in the SDK's source: "... [cosmos/...@v/file.go:12] with gas used: ..."
    let log = log.split(" with gas used:").next().unwrap_or(log);
    // A node that panicked tells all of its stack.
    let log = log.split("stack:").next().unwrap_or(log);
    let mut text = match log.rfind(" [") {
        Some(at) if log.ends_with(']') && log[at..].contains(".go:") => &log[..at],
        _ => log,
    };
    for before in BEFORE {
        if let Some(at) = text.find(before) {
            text = &text[at + before.len()..];
            // "0: " of the message's index.
            let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text = digits.strip_prefix(": ").unwrap_or(text);
        }
    }
    for after in AFTER {
        if let Some(at) = text.find(after) {
            text = &text[..at];
        }
    }
    text.trim().to_owned()
}

/// Whether a node couldn't answer, for the reason that the SDK gives then: one that has just
/// started and has no block yet, say.
pub fn node_panicked(reason: &str) -> bool {
    reason.starts_with("recovered: ")
}

/// The sequence that the chain expects instead of the one that was signed.
pub fn expected_sequence(log: &str) -> Option<u64> {
    let rest = log.split("account sequence mismatch, expected ").nth(1)?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contracts_reason_is_all_that_remains() {
        let logs = [
            "failed to execute message; message index: 0: slot 0 of job 1 is paid, not started: execute wasm contract failed",
            "rpc error: code = Unknown desc = failed to execute message; message index: 0: slot 0 of job 1 is paid, not started: execute wasm contract failed [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:431] with gas used: '135321'",
            "rpc error: code = Unknown desc = slot 0 of job 1 is paid, not started: query wasm contract failed",
            "slot 0 of job 1 is paid, not started",
            "slot 0 of job 1 is paid, not started\nstack:\ngoroutine 346 [running]:\n",
        ];
        for log in logs {
            assert_eq!(reason(log), "slot 0 of job 1 is paid, not started", "{log}");
        }
    }

    #[test]
    fn the_expected_sequence_is_read() {
        let log = "account sequence mismatch, expected 12, got 11: incorrect account sequence";
        assert_eq!(expected_sequence(log), Some(12));
        assert_eq!(expected_sequence("insufficient fee"), None);
    }
}
