//! Values outside a schema's bounds. They count as the bound, and whoever passes them should
//! know.

use std::fmt::Display;

use assay_protocol::schema::{Column, SchemaError, decimal};

/// The most values that are named; how many more there are is said of the rest.
const MAX_NAMED: usize = 20;
/// The most characters of a value or a name that are shown.
const MAX_SHOWN: usize = 40;

/// A warning for each value outside its column's bounds. `rows` are named places with values
/// in the columns' order.
///
/// # Errors
/// [`SchemaError`] for the first value or bound that is no number.
pub fn warnings<'a, P: Display>(
    columns: &[Column],
    rows: impl Iterator<Item = (P, Vec<&'a str>)>,
) -> Result<Vec<String>, SchemaError> {
    let bounds = columns.iter().map(|column| {
        let (lower, upper) = (decimal(&column.lower)?, decimal(&column.upper)?);
        Ok(lower..=upper)
    });
    let bounds = bounds.collect::<Result<Vec<_>, SchemaError>>()?;
    let (mut warnings, mut more) = (Vec::new(), 0u64);
    for (place, values) in rows {
        for ((column, bounds), text) in columns.iter().zip(&bounds).zip(values) {
            let value = decimal(text)?;
            if bounds.contains(&value) {
                continue;
            }
            let bound = match value < *bounds.start() {
                true => &column.lower,
                false => &column.upper,
            };
            match warnings.len() < MAX_NAMED {
                true => warnings.push(warning(&place, column, text, bound)),
                false => more += 1,
            }
        }
    }
    if more > 0 {
        warnings.push(format!(
            "{more} more values are outside their columns' bounds"
        ));
    }
    Ok(warnings)
}

fn warning(place: &impl Display, column: &Column, text: &str, bound: &str) -> String {
    let [name, value, lower, upper, bound] =
        [&*column.name, text, &column.lower, &column.upper, bound].map(shown);
    format!("{place}, column {name:?}: {value} is outside {lower} to {upper} and counts as {bound}")
}

fn shown(text: &str) -> String {
    text.trim().chars().take(MAX_SHOWN).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(values: &[&'static str]) -> Vec<String> {
        let column = Column {
            name: "width".into(),
            lower: "-1.5".into(),
            upper: "2".into(),
        };
        let rows = values.iter().enumerate();
        let rows = rows.map(|(row, value)| (format!("row {row}"), vec![*value]));
        warnings(&[column], rows).unwrap()
    }

    #[test]
    fn values_outside_their_bounds_are_named() {
        assert_eq!(found(&["-1.5", "2.0", "0"]), [""; 0]);
        assert_eq!(
            found(&["1", "99", "-1.51"]),
            [
                "row 1, column \"width\": 99 is outside -1.5 to 2 and counts as 2",
                "row 2, column \"width\": -1.51 is outside -1.5 to 2 and counts as -1.5",
            ]
        );
    }

    #[test]
    fn what_is_more_than_anyone_reads_is_counted() {
        let warnings = found(&["99"; MAX_NAMED + 7]);
        assert_eq!(warnings.len(), MAX_NAMED + 1);
        assert_eq!(
            warnings[MAX_NAMED],
            "7 more values are outside their columns' bounds"
        );
    }
}
