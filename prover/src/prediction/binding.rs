//! The statement's elements from parameters, inputs, outputs and context.

use assay_gadgets::limbs::{self, LIMB_BYTES};
use assay_gadgets::{Error, Int, Linear, Signed, System, poseidon};
use assay_protocol::Scalar;
use assay_protocol::hash::Tag;
use assay_protocol::parameters::{self, CHUNK_BYTES};
use assay_protocol::prediction::{Binding, Prediction, Tensor as TensorSpec};
use bellman::SynthesisError;

use super::PredictionCircuit;
use crate::cost::Cost;
use crate::op::SIGNED_TERMS;
use crate::tensor::Tensor;

/// What the statement says, and what the prover chooses of it besides parameters and inputs.
pub(super) struct Bound {
    /// Context, schema digest and, for a hidden model, its salt.
    pub(super) chosen: Vec<Linear>,
    /// The statement's tag.
    pub(super) tag: Tag,
    /// Its elements: context, model, schema, input digest, output digest.
    pub(super) elements: Vec<Linear>,
    /// With a fingerprint, the coefficients of the parameters' polynomial.
    pub(super) fingerprint: Option<Vec<Linear>>,
}

/// The statement's elements.
pub(super) fn bind<CS>(
    mut cs: CS,
    circuit: &PredictionCircuit<'_>,
    tensors: &[Tensor<Signed>],
    rows: &[Vec<Int>],
    outputs: &[Int],
) -> Result<Bound, Error>
where
    CS: System,
{
    let (spec, witness) = (circuit.plan.spec(), circuit.witness.as_ref());
    let context = Linear::alloc(&mut cs, || "context", witness.map(|w| w.context))?;
    let schema = Linear::alloc(&mut cs, || "schema", witness.map(|w| w.schema))?;
    let mut chosen = vec![context.clone(), schema.clone()];
    let length = spec.graph.parameter_bytes();
    let limbs = parameter_limbs(cs.namespace(|| "parameters"), circuit, tensors)?;
    let (tag, model, fingerprint) = match spec.parameters {
        Binding::Root => {
            let root = parameters_root(cs.namespace(|| "parameters"), &limbs, length)?;
            (Tag::PredictionPublicV1, root, None)
        }
        Binding::Fingerprint => {
            // Free, as the blob's polynomial is what binds the parameters.
            let digest = witness.map(|w| parameters::digest(w.parameters).0);
            let digest = Linear::alloc(&mut cs, || "parameters digest", digest)?;
            chosen.push(digest.clone());
            let mut coefficients = vec![Linear::constant(Scalar::from(length as u64))];
            coefficients.extend(limbs);
            (Tag::PredictionFingerprintV1, digest, Some(coefficients))
        }
        Binding::Hidden => {
            let root = parameters_root(cs.namespace(|| "parameters"), &limbs, length)?;
            let salt = witness.map(|w| w.salt.ok_or(SynthesisError::AssignmentMissing));
            let salt = Linear::alloc(&mut cs, || "salt", salt.transpose()?)?;
            chosen.push(salt.clone());
            let opening = [root, schema.clone(), salt];
            let commitment = hash(cs.namespace(|| "model"), Tag::ModelCommitment, 3, &opening)?;
            (Tag::PredictionHiddenV1, commitment, None)
        }
    };
    let elements = vec![
        context,
        model,
        schema,
        input_digest(cs.namespace(|| "input"), rows)?,
        output_digest(cs.namespace(|| "output"), circuit, outputs)?,
    ];
    Ok(Bound {
        chosen,
        tag,
        elements,
        fingerprint,
    })
}

/// What that costs at most, where each answer has so many terms.
pub(crate) fn cost(spec: &Prediction, answer_terms: u64) -> Cost {
    let limbs_of = |bytes: usize| bytes.div_ceil(LIMB_BYTES) as u64;
    let parameters = spec.graph.parameter_bytes();
    let tensors = || spec.graph.tensors.iter();
    let integers: usize = tensors().filter_map(TensorSpec::len).sum();
    // Where widths differ, an integer of several bytes may lie across two limbs and is cut.
    let widest = tensors().map(|tensor| tensor.bytes).max().unwrap_or(0);
    let long = tensors().filter(|tensor| tensor.bytes > 1);
    let long: usize = long.filter_map(TensorSpec::len).sum();
    let cuts = match tensors().all(|tensor| tensor.bytes == widest) {
        true => 0,
        false => limbs_of(parameters).min(long as u64),
    };
    let cut = Cost::range(8 * u32::from(widest)) + Cost::terms(16);
    let chunks = parameters.div_ceil(CHUNK_BYTES) as u64;
    let answers = spec.rows as u64 * spec.output.integers() as u64;
    let terms = SIGNED_TERMS * integers as u64;
    // A digest has nine terms. At most three of them open a model.
    let model = match spec.parameters {
        Binding::Fingerprint => {
            Cost::constraint(3).times(limbs_of(parameters)) + Cost::terms(terms)
        }
        Binding::Root | Binding::Hidden => {
            let digests = Cost::hash(chunks, 9 * chunks) + Cost::hash(3, 27);
            Cost::hash(limbs_of(parameters), terms) + digests
        }
    };
    // Five elements are the statement's, and two challenges and a fingerprint.
    let statement = Cost::hash(8, 72);
    model
        + statement
        + cut.times(cuts)
        + Cost::hash(limbs_of(spec.input_bytes()), spec.input_bytes() as u64)
        + Cost::hash(
            limbs_of(spec.output_bytes()),
            answers.saturating_mul(answer_terms),
        )
        + Cost::constraint(2 * 9)
}

/// The limbs of the parameter blob: every integer in two's complement, tensor after tensor.
fn parameter_limbs<CS>(
    mut cs: CS,
    circuit: &PredictionCircuit<'_>,
    tensors: &[Tensor<Signed>],
) -> Result<Vec<Linear>, Error>
where
    CS: System,
{
    let mut integers = Vec::new();
    for (tensor, shape) in tensors.iter().zip(&circuit.plan.spec().graph.tensors) {
        let bytes = usize::from(shape.bytes);
        for integer in tensor.data() {
            integers.push((integer.twos_complement(bytes)?, bytes));
        }
    }
    limbs::pack_widths(cs.namespace(|| "limbs"), &integers)
}

/// The root of a parameter blob of `length` bytes.
fn parameters_root<CS>(mut cs: CS, limbs: &[Linear], length: usize) -> Result<Linear, Error>
where
    CS: System,
{
    // A chunk is a whole number of limbs.
    let digests = limbs
        .chunks(CHUNK_BYTES / LIMB_BYTES)
        .enumerate()
        .map(|(i, limbs)| {
            let bytes = CHUNK_BYTES.min(length - i * CHUNK_BYTES);
            let cs = cs.namespace(|| format!("chunk {i}"));
            hash(cs, Tag::ParametersChunk, bytes, limbs)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    hash(
        cs.namespace(|| "root"),
        Tag::ParametersRoot,
        length,
        &digests,
    )
}

// No limb lies across two chunks.
const _: () = assert!(CHUNK_BYTES.is_multiple_of(LIMB_BYTES));

fn input_digest<CS>(cs: CS, rows: &[Vec<Int>]) -> Result<Linear, Error>
where
    CS: System,
{
    let bytes = rows.concat();
    hash(
        cs,
        Tag::PredictionInput,
        bytes.len(),
        &limbs::pack_bytes(&bytes)?,
    )
}

/// The digest of all rows' outputs, each integer plus the form's offset. Packing refuses an
/// integer whose proved bound is wider than its bytes.
fn output_digest<CS>(
    cs: CS,
    circuit: &PredictionCircuit<'_>,
    outputs: &[Int],
) -> Result<Linear, Error>
where
    CS: System,
{
    let spec = circuit.plan.spec();
    let offset = Int::constant(spec.output.offset().into())?;
    let unsigned = outputs
        .iter()
        .map(|output| output.add(&offset))
        .collect::<Result<Vec<_>, _>>()?;
    let limbs = limbs::pack(&unsigned, spec.output.integer_bytes())?;
    hash(cs, Tag::PredictionOutput, spec.output_bytes(), &limbs)
}

fn hash<CS>(cs: CS, tag: Tag, length: usize, elements: &[Linear]) -> Result<Linear, Error>
where
    CS: System,
{
    poseidon::hash(cs, tag as u64, length as u64, elements)
}
