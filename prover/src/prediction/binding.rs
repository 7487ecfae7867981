//! Binds parameters, inputs, outputs and context to the statement's digest, the public
//! input.

use assay_gadgets::limbs::{self, LIMB_BYTES};
use assay_gadgets::{Error, Int, Linear, Signed, poseidon};
use assay_protocol::Scalar;
use assay_protocol::hash::Tag;
use assay_protocol::parameters::CHUNK_BYTES;
use assay_protocol::prediction::{Binding, Prediction};
use bellman::{ConstraintSystem, SynthesisError};

use super::PredictionCircuit;
use crate::cost::Cost;
use crate::tensor::Tensor;

/// What the statement's digest is made of besides parameters, inputs and outputs, and the
/// digest.
pub(super) struct Bound {
    /// Context, schema digest and, for a hidden model, its salt: what the prover chooses.
    pub(super) chosen: Vec<Linear>,
    /// The digest, equal to the public input.
    pub(super) digest: Linear,
}

/// Enforces that the digest of (context, model, schema, input digest, output digest) is the
/// public input.
pub(super) fn bind<CS>(
    mut cs: CS,
    circuit: &PredictionCircuit<'_>,
    tensors: &[Tensor<Signed>],
    rows: &[Vec<Int>],
    outputs: &[Int],
) -> Result<Bound, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let (spec, witness) = (circuit.plan.spec(), circuit.witness.as_ref());
    let context = Linear::alloc(&mut cs, || "context", witness.map(|w| w.context))?;
    let schema = Linear::alloc(&mut cs, || "schema", witness.map(|w| w.schema))?;
    let mut chosen = vec![context.clone(), schema.clone()];
    let root = parameters_root(cs.namespace(|| "parameters"), circuit, tensors)?;
    let (tag, model) = match spec.parameters {
        Binding::Root => (Tag::PredictionPublicV1, root),
        Binding::Hidden => {
            let salt = witness.map(|w| w.salt.ok_or(SynthesisError::AssignmentMissing));
            let salt = Linear::alloc(&mut cs, || "salt", salt.transpose()?)?;
            chosen.push(salt.clone());
            let opening = [root, schema.clone(), salt];
            let commitment = hash(cs.namespace(|| "model"), Tag::ModelCommitment, 3, &opening)?;
            (Tag::PredictionHiddenV1, commitment)
        }
    };
    let elements = [
        context,
        model,
        schema,
        input_digest(cs.namespace(|| "input"), rows)?,
        output_digest(cs.namespace(|| "output"), circuit, outputs)?,
    ];
    let digest = hash(cs.namespace(|| "digest"), tag, elements.len(), &elements)?;
    let missing = SynthesisError::AssignmentMissing;
    let public = cs.alloc_input(|| "digest", || digest.value().ok_or(missing))?;
    Linear::variable(public, digest.value()).enforce_equal(&mut cs, || "digest", &digest);
    Ok(Bound { chosen, digest })
}

/// What that costs at most, where each answer has so many terms.
pub(crate) fn cost(spec: &Prediction, answer_terms: u64) -> Cost {
    let bytes = |count: usize| Cost::hash(count.div_ceil(LIMB_BYTES) as u64, 9 * count as u64);
    let parameters = spec.graph.parameter_bytes();
    let chunks = parameters.div_ceil(CHUNK_BYTES) as u64;
    let answers = spec.rows as u64 * spec.output.integers() as u64;
    let limbs = spec.output_bytes().div_ceil(LIMB_BYTES) as u64;
    // A digest has nine terms. At most three of them open a model, five are the statement's.
    let digests = Cost::hash(chunks, 9 * chunks) + Cost::hash(3, 27) + Cost::hash(5, 45);
    bytes(parameters)
        + bytes(spec.input_bytes())
        + Cost::hash(limbs, answers.saturating_mul(answer_terms))
        + digests
        + Cost::constraint(2 * 9)
}

/// The root of the parameter blob: every integer in two's complement, tensor after tensor.
fn parameters_root<CS>(
    mut cs: CS,
    circuit: &PredictionCircuit<'_>,
    tensors: &[Tensor<Signed>],
) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut bytes: Vec<Int> = Vec::with_capacity(circuit.plan.spec().graph.parameter_bytes());
    for (tensor, shape) in tensors.iter().zip(&circuit.plan.spec().graph.tensors) {
        for integer in tensor.data() {
            bytes.extend(integer.to_bytes(shape.bytes.into())?);
        }
    }
    let digests = bytes
        .chunks(CHUNK_BYTES)
        .enumerate()
        .map(|(i, chunk)| {
            let limbs = limbs::pack_bytes(chunk)?;
            let cs = cs.namespace(|| format!("chunk {i}"));
            hash(cs, Tag::ParametersChunk, chunk.len(), &limbs)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    hash(
        cs.namespace(|| "root"),
        Tag::ParametersRoot,
        bytes.len(),
        &digests,
    )
}

fn input_digest<CS>(cs: CS, rows: &[Vec<Int>]) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
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
    CS: ConstraintSystem<Scalar>,
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
    CS: ConstraintSystem<Scalar>,
{
    poseidon::hash(cs, tag as u64, length as u64, elements)
}
