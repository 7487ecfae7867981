//! Quotation marks in CSV files, by RFC 4180. The reader of values guesses where they are
//! wrong: it takes `"a"b` for `ab`, and the rest of the file for one value where a quote is
//! never closed.

use crate::table::TableError;

#[derive(Clone, Copy)]
enum State {
    /// At the start of a value.
    Start,
    /// In a value without quotes.
    Plain,
    /// In a quoted value that began in this line.
    Quoted(u64),
    /// After a mark in a quoted value: its end, or the first of two that stand for one.
    Mark(u64),
    /// After a quoted value.
    Closed,
}

/// Checks that marks surround whole values, and that each is closed.
///
/// # Errors
/// [`TableError::Quote`] or [`TableError::Unclosed`] with the line.
pub fn check(bytes: &[u8]) -> Result<(), TableError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut line = 1;
    let mut state = State::Start;
    for &byte in bytes {
        state = match (state, byte) {
            (State::Quoted(since), b'"') => State::Mark(since),
            (State::Quoted(since), _) => State::Quoted(since),
            (State::Mark(since), b'"') => State::Quoted(since),
            (_, b',' | b'\n' | b'\r') => State::Start,
            (State::Start, b'"') => State::Quoted(line),
            (State::Plain, b'"') => return Err(TableError::Quote { line }),
            (State::Start | State::Plain, _) => State::Plain,
            (State::Mark(_) | State::Closed, b' ' | b'\t') => State::Closed,
            (State::Mark(_) | State::Closed, _) => return Err(TableError::Quote { line }),
        };
        line += u64::from(byte == b'\n');
    }
    match state {
        State::Quoted(line) => Err(TableError::Unclosed { line }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_whole_values_are_accepted() {
        for text in [
            "a,b\n1,2\n",
            "\"a\",\"b\"\r\n\"1\" ,\"2\"\r\n",
            "a\n\"say \"\"yes\"\", or\nno\"\n",
            "a\n\"\"\n",
            "\u{feff}\"a\"\n\"1\"",
        ] {
            assert_eq!(check(text.as_bytes()), Ok(()), "{text:?}");
        }
    }

    #[test]
    fn other_marks_are_refused_with_their_line() {
        for (text, line) in [
            ("a\n\"x\"y\n", 2),
            ("a\n1\n\"x\"\"\"y\n", 3),
            ("a\nx\"y\n", 2),
            ("a\n \"x\"\n", 2),
            ("a\n\"x\ny\"z\n", 3),
        ] {
            assert_eq!(
                check(text.as_bytes()),
                Err(TableError::Quote { line }),
                "{text:?}"
            );
        }
        for (text, line) in [("a\n1\n\"x\n2\n", 3), ("\"", 1), ("a\n\"x\"\"", 2)] {
            assert_eq!(
                check(text.as_bytes()),
                Err(TableError::Unclosed { line }),
                "{text:?}"
            );
        }
    }
}
