//! What the demo comes to.

use std::collections::BTreeMap;
use std::fmt;

use assay_verifier::decimal_gap;
use serde::Serialize;

use super::gas::{GasTable, MessageGas};
use super::job::Paid;
use super::{Chain, Stage};
use crate::artefact::circuit::DEVELOPMENT_WARNING;
use crate::{Error, output};

/// The demo's result.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The job that was paid.
    pub training: Training,
    /// The prediction that was paid.
    pub prediction: Predicted,
    /// What failed, as it must.
    pub refused: Vec<Refusal>,
}

/// Something that was tried and refused.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal {
    /// What was tried.
    pub attempt: &'static str,
    /// How it was refused.
    pub error: String,
}

/// What everybody has.
pub type Balances = BTreeMap<&'static str, u128>;

/// The job that was paid.
#[derive(Clone, Debug, Serialize)]
pub struct Training {
    /// Whether B was paid.
    pub paid: bool,
    /// Constraints of the circuit.
    pub constraints: usize,
    /// Rows that the circuit holds.
    pub capacity: u32,
    /// Rows trained on.
    pub rows: usize,
    /// Seconds that the setup took, in this run or in the one that made the keys.
    pub setup_s: f64,
    /// Whether the keys are of an earlier run.
    pub keys_cached: bool,
    /// Seconds that the proof took.
    pub prove_s: f64,
    /// Milliseconds that verifying it took, natively.
    pub verify_ms: f64,
    /// Bytes of the proof.
    pub proof_bytes: usize,
    /// Bytes of the parameters on chain.
    pub parameter_bytes: usize,
    /// Accuracy on the training rows.
    pub training_accuracy: f64,
    /// Accuracy on the rows held out.
    pub accuracy: f64,
    /// Rows held out.
    pub held_out_rows: usize,
    /// Lambda times 65025.
    pub lambda_65025: u64,
    /// A bound on how far the objective is from its minimum.
    pub gap: String,
    /// Balances before and after the job, and at the end of the demo.
    pub balances: BalanceSheet,
    /// Gas for each message, on the Wasm artifacts.
    pub gas: Vec<MessageGas>,
    /// What the keys are not for.
    pub warning: &'static str,
}

/// The prediction that was paid.
#[derive(Clone, Debug, Serialize)]
pub struct Predicted {
    /// Whether the hospital was paid.
    pub paid: bool,
    /// Constraints of the prediction's circuit.
    pub constraints: usize,
    /// Constraints of the circuit that shows where the model came from.
    pub provenance_constraints: usize,
    /// Seconds that the prediction's setup took.
    pub setup_s: f64,
    /// Seconds that the provenance's setup took.
    pub provenance_setup_s: f64,
    /// Seconds that training, proving and registering the model took.
    pub provenance_s: f64,
    /// Seconds that the prediction's proof took.
    pub prove_s: f64,
    /// Milliseconds that verifying it took, natively.
    pub verify_ms: f64,
    /// Bytes of the proof.
    pub proof_bytes: usize,
    /// What was predicted.
    pub label: String,
    /// What the patient had.
    pub diagnosis: String,
    /// The model was trained on at least so many rows.
    pub minimum_rows: u32,
}

/// Balances over time.
#[derive(Clone, Debug, Serialize)]
pub struct BalanceSheet {
    /// Before the job was posted.
    pub before: Balances,
    /// After B was paid.
    pub paid: Balances,
    /// After everything else failed and the stranger triggered the refunds.
    pub end: Balances,
}

/// Everybody's balance.
pub fn balances(chain: &Chain) -> Result<Balances, Error> {
    let cast = &chain.cast;
    let accounts = [
        ("A", &cast.a),
        ("B", &cast.b),
        ("C", &cast.c),
        ("stranger", &cast.stranger),
        ("hospital", &cast.hospital),
        ("requester", &cast.requester),
        ("jobs", &chain.jobs),
        ("predictions", &chain.predictions),
    ];
    accounts
        .into_iter()
        .map(|(name, account)| Ok((name, chain.balance(account)?)))
        .collect()
}

impl Training {
    pub(super) fn new(stage: &Stage<'_>, paid: Paid) -> Result<Self, Error> {
        let method = &stage.method;
        Ok(Self {
            // A job that isn't paid ends the demo.
            paid: true,
            constraints: stage.keys.shape.constraints,
            capacity: method.rows,
            rows: stage.data.training.data.rows(),
            setup_s: stage.keys.setup_s,
            keys_cached: stage.keys.cached,
            prove_s: paid.prove_s,
            verify_ms: paid.verify_ms,
            proof_bytes: paid.proof.len(),
            parameter_bytes: paid.blob_bytes.len(),
            training_accuracy: paid.training_accuracy,
            accuracy: paid.accuracy,
            held_out_rows: stage.data.held_out.data.rows(),
            lambda_65025: method.lambda_65025,
            gap: decimal_gap(method.gap()),
            balances: BalanceSheet {
                before: paid.before,
                paid: paid.after,
                end: balances(&stage.chain)?,
            },
            gas: GasTable::measured()?.messages,
            warning: DEVELOPMENT_WARNING,
        })
    }
}

impl output::Report for Report {
    fn warning(&self) -> Option<&str> {
        Some(self.training.warning)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = &self.training;
        let cached = if t.keys_cached {
            " (in an earlier run)"
        } else {
            ""
        };
        writeln!(f, "\nIn numbers")?;
        writeln!(f, "  constraints        {:>10}", t.constraints)?;
        writeln!(f, "  setup              {:>10.1} s{cached}", t.setup_s)?;
        writeln!(f, "  proof              {:>10.1} s", t.prove_s)?;
        writeln!(f, "  verification       {:>10.1} ms", t.verify_ms)?;
        writeln!(f, "  proof size         {:>10} bytes", t.proof_bytes)?;
        writeln!(f, "  parameters         {:>10} bytes", t.parameter_bytes)?;
        writeln!(
            f,
            "  accuracy           {:>10.1} % on {} held-out rows",
            100.0 * t.accuracy,
            t.held_out_rows
        )?;
        writeln!(f, "  gap                {:>10} at most", t.gap)?;
        let p = &self.prediction;
        writeln!(
            f,
            "  hidden model       {:>10} constraints",
            p.provenance_constraints
        )?;
        writeln!(f, "  prediction         {:>10} constraints", p.constraints)?;
        writeln!(f, "  its proof          {:>10.2} s", p.prove_s)?;
        writeln!(
            f,
            "  predicted          {:>10}, and the patient's was {}",
            p.label, p.diagnosis
        )?;
        writeln!(f, "  attempts refused   {:>10}", self.refused.len())?;
        t.balances.fmt(f)?;
        write_gas(f, &t.gas)
    }
}

impl fmt::Display for BalanceSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  balances          before      paid       end")?;
        for (name, before) in &self.before {
            let at = |sheet: &Balances| sheet.get(name).copied().unwrap_or(0);
            let (paid, end) = (at(&self.paid), at(&self.end));
            writeln!(f, "  {name:<12} {before:>11} {paid:>9} {end:>9}")?;
        }
        Ok(())
    }
}

fn write_gas(f: &mut fmt::Formatter<'_>, gas: &[MessageGas]) -> fmt::Result {
    if gas.is_empty() {
        return writeln!(f, "\n  gas per message: not measured yet, run tests/run.sh");
    }
    writeln!(
        f,
        "\n  gas per message (Wasm artifacts, above a transaction that does nothing)"
    )?;
    for MessageGas {
        contract,
        message,
        gas,
    } in gas
    {
        let name = format!("{contract} {message}");
        writeln!(f, "  {name:<36} {gas:>10}")?;
    }
    Ok(())
}
