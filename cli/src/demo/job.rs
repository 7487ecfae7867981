//! The job that is paid.

use std::time::Instant;

use assay_protocol::dataset::Dataset;
use assay_protocol::id::{BlobId, CircuitId, DatasetId};
use assay_protocol::messages::jobs::SlotState;
use assay_protocol::parameters;
use assay_prover::{circuit, model, train};

use super::Stage;
use super::cast::REWARD;
use super::chain::{CHAIN_ID, Slot, failed};
use super::report::{Balances, balances};
use crate::artefact::dataset::Holding;
use crate::artefact::proof::{Assignment, ProofFile, Subject};
use crate::{Error, proving};

/// What the paid job leaves for the rest of the demo.
pub struct Paid {
    /// The dataset that was trained on.
    pub dataset: DatasetId,
    /// The circuit.
    pub circuit: CircuitId,
    /// The job's first slot, which was paid.
    pub slot: Slot,
    /// The parameters, `[vectors, features + 1]`.
    pub parameters: Vec<i32>,
    /// Their bytes.
    pub blob_bytes: Vec<u8>,
    /// Where they are on chain.
    pub blob: BlobId,
    /// The proof that was paid for.
    pub proof: Vec<u8>,
    pub(super) prove_s: f64,
    pub(super) verify_ms: f64,
    pub(super) training_accuracy: f64,
    pub(super) accuracy: f64,
    pub(super) before: Balances,
    pub(super) after: Balances,
}

/// A proof and the times that it took.
struct Timed {
    proof: ProofFile,
    prove_s: f64,
    verify_ms: f64,
}

/// A posts, B works, the proof pays.
pub fn run(stage: &mut Stage<'_>) -> Result<Paid, Error> {
    let before = balances(&stage.chain)?;
    let (dataset, circuit, slot) = post(stage)?;
    take(stage, circuit, slot)?;
    let (parameters, training_accuracy) = learn(stage)?;
    let Timed {
        proof,
        prove_s,
        verify_ms,
    } = prove_timed(stage, slot, &parameters)?;
    let blob_bytes = parameters::to_bytes(&parameters)?;
    let blob = deliver(stage, slot, &blob_bytes, &proof.proof)?;
    let after = balances(&stage.chain)?;
    expect_paid(stage, slot, &before, &after)?;
    Ok(Paid {
        dataset,
        circuit,
        slot,
        accuracy: score(stage, blob)?,
        parameters,
        blob_bytes,
        blob,
        proof: proof.proof,
        prove_s,
        verify_ms,
        training_accuracy,
        before,
        after,
    })
}

fn post(stage: &mut Stage<'_>) -> Result<(DatasetId, CircuitId, Slot), Error> {
    let Stage {
        chain,
        data,
        keys,
        reporter,
        ..
    } = stage;
    reporter.part("A job that is paid");
    let a = chain.cast.a.clone();
    let registered = &data.training.registration;
    let dataset = chain.register_dataset(&a, registered)?;
    reporter.step(&format!(
        "A registers {} rows of {} columns as dataset {dataset}: only the commitment {} goes on chain",
        registered.rows,
        registered.features,
        short(&registered.commitment)
    ));
    let circuit = chain.register_circuit(&a, &keys.circuit.registration)?;
    reporter.step(&format!(
        "A registers the method: a circuit of {} constraints, {}, with keys that A made",
        keys.shape.constraints,
        short(&circuit)
    ));
    let job = chain.post_job(&a, dataset, circuit)?;
    reporter.step(&format!(
        "A posts job {job}: two slots, 100 for each locked in the escrow"
    ));
    Ok((dataset, circuit, Slot { job, slot: 0 }))
}

/// B takes the slot, and says that it holds the data once it has checked everything.
fn take(stage: &mut Stage<'_>, circuit: CircuitId, slot: Slot) -> Result<(), Error> {
    let Stage {
        chain,
        data,
        keys,
        reporter,
        ..
    } = stage;
    let b = chain.cast.b.clone();
    chain.accept(&b, slot)?;
    reporter.step("B accepts slot 0 with a bond of 10, and is handed rows, schema and salt");
    let terms = chain.terms(slot.job)?;
    data.training.check_against(&terms.commitment)?;
    reporter.step("B checks what it was handed: it is what the commitment on chain is of");
    let checking =
        reporter.working("B checks the circuit: compiles it, compares every point of the key");
    let registered = chain.circuit(circuit)?;
    circuit::check(&registered, &keys.circuit.key)?;
    drop(checking);
    reporter.step("B checks the circuit: the registered key proves this method and no other");
    chain.start_work(&b, slot)?;
    reporter.step("B starts: from here on it loses its bond if it doesn't deliver");
    Ok(())
}

fn learn(stage: &mut Stage<'_>) -> Result<(Vec<i32>, f64), Error> {
    let data = &stage.data.training.data;
    let parameters = train::train(&stage.method, data)?;
    let accuracy = accuracy(stage, &parameters, data);
    stage.reporter.step(&format!(
        "B trains: {} parameters, {:.1} % right on the training rows",
        parameters.len(),
        100.0 * accuracy
    ));
    Ok((parameters, accuracy))
}

/// Proves that parameters were trained on what `holding` holds, for B in `slot`.
pub fn prove(
    stage: &Stage<'_>,
    slot: Slot,
    holding: &Holding,
    parameters: &[i32],
) -> Result<ProofFile, Error> {
    let assignment = Assignment {
        chain_id: CHAIN_ID.into(),
        contract: stage.chain.jobs.to_string(),
        subject: Subject::Job(slot.job),
        slot: slot.slot,
        payee: stage.chain.cast.b.to_string(),
    };
    let circuit = &stage.keys.circuit;
    proving::prove(assignment, &stage.method, holding, parameters, circuit, &())
}

/// B proves, and verifies as whoever holds the key would.
fn prove_timed(stage: &mut Stage<'_>, slot: Slot, parameters: &[i32]) -> Result<Timed, Error> {
    let proving = stage.reporter.working("B proves");
    let begun = Instant::now();
    let proof = prove(stage, slot, &stage.data.training, parameters)?;
    let prove_s = begun.elapsed().as_secs_f64();
    drop(proving);
    let begun = Instant::now();
    proving::verify(&stage.keys.circuit.registration, &proof)?;
    let verify_ms = 1000.0 * begun.elapsed().as_secs_f64();
    let bytes = proof.proof.len();
    stage.reporter.step(&format!(
        "B proves it in {prove_s:.1} s: {bytes} bytes, verified natively in {verify_ms:.1} ms"
    ));
    Ok(Timed {
        proof,
        prove_s,
        verify_ms,
    })
}

fn deliver(stage: &mut Stage<'_>, slot: Slot, bytes: &[u8], proof: &[u8]) -> Result<BlobId, Error> {
    let Stage {
        chain, reporter, ..
    } = stage;
    let (a, b) = (chain.cast.a.clone(), chain.cast.b.clone());
    let blob = chain.upload(&b, &a, bytes)?;
    let chunks = bytes.len().div_ceil(parameters::CHUNK_BYTES);
    reporter.step(&format!(
        "B uploads the parameters: {} bytes in {chunks} chunk(s), blob {blob}",
        bytes.len()
    ));
    chain.deliver(&b, slot, blob, proof)?;
    reporter.step("B delivers: the escrow verifies the proof and pays B 100 and its bond in the same transaction");
    Ok(blob)
}

/// Checks that the escrow says that B was paid, and that B has the reward.
fn expect_paid(
    stage: &Stage<'_>,
    slot: Slot,
    before: &Balances,
    after: &Balances,
) -> Result<(), Error> {
    let of_b = |sheet: &Balances| sheet.get("B").copied().unwrap_or(0);
    let state = stage.chain.state(slot)?;
    let is_paid = matches!(state, SlotState::Paid { .. });
    match is_paid && of_b(after) == of_b(before) + REWARD {
        true => Ok(()),
        false => Err(failed(
            "pay B",
            format!("the slot is {state:?}, B has {}", of_b(after)),
        )),
    }
}

/// A reads the model from the chain and scores it on the rows held out.
fn score(stage: &mut Stage<'_>, blob: BlobId) -> Result<f64, Error> {
    let bytes = stage.chain.download(blob)?;
    let parameters = parameters::from_bytes(&bytes)?;
    let held_out = &stage.data.held_out.data;
    let accuracy = accuracy(stage, &parameters, held_out);
    stage.reporter.step(&format!(
        "A reads the model from the chain: {:.1} % right on {} rows that B never saw",
        100.0 * accuracy,
        held_out.rows()
    ));
    Ok(accuracy)
}

fn accuracy(stage: &Stage<'_>, parameters: &[i32], data: &Dataset) -> f64 {
    model::correct(&stage.method, parameters, data) as f64 / data.rows() as f64
}

/// As much of an id as a story needs.
fn short(id: &impl ToString) -> String {
    id.to_string()
        .chars()
        .take(12)
        .chain("...".chars())
        .collect()
}
