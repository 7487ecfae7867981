//! Medians of what all processes measured, as a table or as JSON.

use std::io::BufRead;

use assay_peers::{Cost, ProofCost, ProverError, Record, SetupCost};
use serde::Serialize;

/// What ratios are to.
const OURS: &str = "assay";

/// Medians of one prover on one instance.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Row {
    prover: String,
    witness: String,
    log2: u32,
    setup_s: f64,
    prove_s: f64,
    verify_ms: f64,
    peak_rss_bytes: u64,
    peak_anonymous_bytes: u64,
    key_bytes: u64,
}

/// All that was measured of one prover on one instance.
struct Group {
    first: Record,
    setups: Vec<SetupCost>,
    proofs: Vec<ProofCost>,
}

/// Reads records, a line each, and prints their medians.
///
/// # Errors
/// A line that is no record, and a prover that lacks a stage.
pub(crate) fn report(records: impl BufRead, json: bool) -> Result<(), ProverError> {
    let record = |(index, line): (usize, std::io::Result<String>)| {
        serde_json::from_str(&line?)
            .map_err(|error| format!("line {} is no record: {error}", index + 1).into())
    };
    let records = records.lines().enumerate().map(record);
    let rows = rows(records.collect::<Result<Vec<Record>, ProverError>>()?)?;
    if rows.is_empty() {
        return Err("no records on standard input: run.sh makes them".into());
    }
    match json {
        true => println!("{}", serde_json::to_string(&rows)?),
        false => print!("{}", table(&rows)),
    }
    Ok(())
}

/// In the order of their first records.
fn rows(records: Vec<Record>) -> Result<Vec<Row>, ProverError> {
    let mut groups: Vec<Group> = Vec::new();
    for record in records {
        let cost = record.cost;
        let known = groups.iter().position(|group| group.is_of(&record));
        let place = known.unwrap_or_else(|| {
            groups.push(Group::of(record));
            groups.len() - 1
        });
        match cost {
            Cost::Setup(cost) => groups[place].setups.push(cost),
            Cost::Prove(cost) => groups[place].proofs.push(cost),
        }
    }
    groups.iter().map(Group::medians).collect()
}

impl Group {
    fn of(first: Record) -> Self {
        Self {
            first,
            setups: Vec::new(),
            proofs: Vec::new(),
        }
    }

    fn is_of(&self, record: &Record) -> bool {
        let what = |record: &Record| {
            let Record {
                prover,
                witness,
                log2,
                ..
            } = record.clone();
            (prover, witness, log2)
        };
        what(&self.first) == what(record)
    }

    fn medians(&self) -> Result<Row, ProverError> {
        let Record {
            prover,
            witness,
            log2,
            ..
        } = self.first.clone();
        if self.setups.is_empty() || self.proofs.is_empty() {
            let lack = format!("{prover} on {witness}, 2^{log2}: no setup or no proof recorded");
            return Err(lack.into());
        }
        let (setups, proofs) = (&self.setups, &self.proofs);
        Ok(Row {
            prover,
            witness,
            log2,
            setup_s: median(setups.iter().map(|cost| cost.setup_s), f64::total_cmp),
            prove_s: median(proofs.iter().map(|cost| cost.prove_s), f64::total_cmp),
            verify_ms: median(proofs.iter().map(|cost| cost.verify_ms), f64::total_cmp),
            peak_rss_bytes: median(proofs.iter().map(|cost| cost.peak_rss_bytes), Ord::cmp),
            peak_anonymous_bytes: median(
                proofs.iter().map(|cost| cost.peak_anonymous_bytes),
                Ord::cmp,
            ),
            key_bytes: median(setups.iter().map(|cost| cost.key_bytes), Ord::cmp),
        })
    }
}

/// The middle one of at least one value; of an even number the upper of the two.
fn median<T: Copy>(
    values: impl Iterator<Item = T>,
    order: impl FnMut(&T, &T) -> std::cmp::Ordering,
) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_by(order);
    values[values.len() / 2]
}

/// Every figure of the others with its ratio to ours, where ours was measured.
fn table(rows: &[Row]) -> String {
    let columns = [
        "setup s",
        "prove s",
        "verify ms",
        "peak MB",
        "anon. MB",
        "key MB",
    ];
    let columns = columns
        .map(|column| format!(" {column:>9}       "))
        .concat();
    let mut text = format!("{:11} {:>4}  {:8}{columns}\n", "witness", "log2", "prover");
    for row in rows {
        let same = |other: &&Row| {
            (&other.witness, other.log2, OURS) == (&row.witness, row.log2, &other.prover)
        };
        let ours = rows.iter().find(same).map(figures);
        let figures = figures(row);
        let cells = (0..figures.len()).map(|i| match &ours {
            Some(ours) if row.prover != OURS => {
                format!(" {:>9.3} ({:>3.1}x)", figures[i], figures[i] / ours[i])
            }
            _ => format!(" {:>9.3}       ", figures[i]),
        });
        let cells: String = cells.collect();
        let Row {
            prover,
            witness,
            log2,
            ..
        } = row;
        text += format!("{witness:11} {log2:>4}  {prover:8}{cells}").trim_end();
        text.push('\n');
    }
    text
}

/// A row in the units of the table.
fn figures(row: &Row) -> [f64; 6] {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    [
        row.setup_s,
        row.prove_s,
        row.verify_ms,
        megabytes(row.peak_rss_bytes),
        megabytes(row.peak_anonymous_bytes),
        megabytes(row.key_bytes),
    ]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn record(prover: &str, cost: Cost) -> Record {
        Record {
            prover: prover.into(),
            witness: "ml".into(),
            log2: 10,
            cost,
        }
    }

    fn setup(setup_s: f64) -> Cost {
        Cost::Setup(SetupCost {
            setup_s,
            key_bytes: 1_000_000,
        })
    }

    fn proof(prove_s: f64) -> Cost {
        Cost::Prove(ProofCost {
            prove_s,
            verify_ms: 1.0,
            peak_rss_bytes: 2_000_000,
            peak_anonymous_bytes: 1_000_000,
        })
    }

    #[test]
    fn a_row_holds_the_median_of_a_provers_records() {
        let records = [3.0, 1.0, 2.0].map(|prove_s| record("gnark", proof(prove_s)));
        let records = [record("gnark", setup(7.0))].into_iter().chain(records);
        let rows = rows(records.collect()).unwrap();
        assert_eq!((rows[0].setup_s, rows[0].prove_s), (7.0, 2.0));
    }

    #[test]
    fn a_prover_without_a_proof_is_no_row() {
        assert!(rows(vec![record("gnark", setup(7.0))]).is_err());
    }

    #[test]
    fn the_table_gives_the_others_ratios_to_ours() {
        let both = |prover, factor| {
            [
                record(prover, setup(factor)),
                record(prover, proof(2.0 * factor)),
            ]
        };
        let records = [both("assay", 1.0), both("gnark", 3.0)].concat();
        let table = table(&rows(records).unwrap());
        let gnark = table.lines().nth(2).unwrap();
        assert!(gnark.contains("6.000 (3.0x)"), "{gnark}");
    }

    #[test]
    fn a_record_reads_back_from_its_line() {
        let record = record("gnark", proof(2.0));
        let line = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record);
    }
}
