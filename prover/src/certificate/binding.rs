//! The statement's elements from rows, weights and context.

use assay_gadgets::{Error, Int, Linear, Signed, System, limbs, merkle, poseidon};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::dataset::{self, block_bytes, empty_subtrees, rows_per_block};
use assay_protocol::hash::Tag;
use assay_protocol::parameters::{self, CHUNK_BYTES, PARAMETER_BYTES};
use assay_protocol::statement::TrainingHidden;
use bellman::SynthesisError;

use super::hidden;
use super::instance::{Claim, Instance, Row};

/// What the statement says, and what the prover chooses of it besides data and parameters.
pub(super) struct Bound {
    /// Context, schema digest, salts and minimum of rows.
    pub(super) chosen: Vec<Linear>,
    /// The statement's tag.
    pub(super) tag: Tag,
    /// Its elements.
    pub(super) elements: Vec<Linear>,
    /// With a fingerprint, the coefficients of the parameters' polynomial.
    pub(super) fingerprint: Option<Vec<Linear>>,
}

/// The claimed statement's elements.
pub(super) fn bind<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    claim: &Claim<'_>,
    instance: &Instance,
) -> Result<Bound, Error>
where
    CS: System,
{
    let witness = claim.training();
    let context = Linear::alloc(&mut cs, || "context", witness.map(|w| w.context))?;
    let schema = Linear::alloc(&mut cs, || "schema", witness.map(|w| w.schema_digest))?;
    let salt = Linear::alloc(&mut cs, || "salt", witness.map(|w| w.salt))?;
    let dataset = commitment(cs.namespace(|| "dataset"), spec, instance, &schema, &salt)?;
    let mut chosen = vec![context.clone(), schema.clone(), salt];
    let (tag, elements, fingerprint) = match claim {
        Claim::Public(_) => {
            let root = parameters_root(cs.namespace(|| "parameters"), &instance.vectors)?;
            let elements = vec![context, dataset, root];
            (Tag::TrainingPublicV1, elements, None)
        }
        Claim::Fingerprint(witness) => {
            let digest = witness
                .map(|w| parameters_digest(w.parameters))
                .transpose()?;
            let digest = Linear::alloc(&mut cs, || "parameters digest", digest)?;
            chosen.push(digest.clone());
            let elements = vec![context, dataset, digest];
            let coefficients = polynomial(&instance.vectors)?;
            (Tag::TrainingFingerprintV1, elements, Some(coefficients))
        }
        Claim::Hidden(witness) => {
            let parameters = parameters_root(cs.namespace(|| "parameters"), &instance.vectors)?;
            let rows = &instance.len;
            let minimum_rows = witness.map(|w| w.minimum_rows);
            let minimum_rows =
                hidden::minimum_rows(cs.namespace(|| "minimum rows"), rows, minimum_rows)?;
            let salt = Linear::alloc(&mut cs, || "model salt", witness.map(|w| w.model_salt))?;
            let opening = [parameters, schema.clone(), salt.clone()];
            let model = hash(
                cs.namespace(|| "model"),
                Tag::ModelCommitment,
                opening.len(),
                &opening,
            )?;
            let minimum_rows = minimum_rows.linear().clone();
            chosen.extend([minimum_rows.clone(), salt]);
            let elements = vec![context, dataset, minimum_rows, schema, model];
            (TrainingHidden::TAG, elements, None)
        }
    };
    Ok(Bound {
        chosen,
        tag,
        elements,
        fingerprint,
    })
}

/// The dataset's hiding commitment.
fn commitment<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    instance: &Instance,
    schema: &Linear,
    salt: &Linear,
) -> Result<Linear, Error>
where
    CS: System,
{
    let number = |n: u32| Linear::constant(Scalar::from(u64::from(n)));
    let elements = [
        instance.len.linear().clone(),
        number(spec.features),
        number(spec.classes),
        schema.clone(),
        tree_root(cs.namespace(|| "tree"), spec, &instance.rows)?,
        salt.clone(),
    ];
    hash(cs, Tag::DatasetCommitment, elements.len(), &elements)
}

/// The root of the tree over the rows' blocks.
fn tree_root<CS>(mut cs: CS, spec: &SquaredHinge, rows: &[Row]) -> Result<Linear, Error>
where
    CS: System,
{
    let features = spec.features as usize;
    let leaves = rows
        .chunks(rows_per_block(features))
        .enumerate()
        .map(|(i, rows)| block_digest(cs.namespace(|| format!("block {i}")), features, rows))
        .collect::<Result<Vec<_>, _>>()?;
    merkle::root(
        cs,
        &leaves,
        &empty_subtrees(features),
        Tag::DatasetNode as u64,
    )
}

fn block_digest<CS>(cs: CS, features: usize, rows: &[Row]) -> Result<Linear, Error>
where
    CS: System,
{
    let of_row = |row: &Row| [&row.features[..], std::slice::from_ref(row.label.index())].concat();
    let mut bytes: Vec<Int> = rows.iter().flat_map(of_row).collect();
    bytes.resize(block_bytes(features), Int::constant(0)?);
    hash(
        cs,
        Tag::DatasetBlock,
        bytes.len(),
        &limbs::pack_bytes(&bytes)?,
    )
}

/// The digest that the chain has of the parameter blob: free, as the blob's polynomial is
/// what binds the weights.
fn parameters_digest(weights: &[i32]) -> Result<Scalar, SynthesisError> {
    let blob = parameters::to_bytes(weights).map_err(|_| SynthesisError::AssignmentMissing)?;
    Ok(parameters::digest(&blob).0)
}

/// The coefficients of the parameter blob's [polynomial](assay_protocol::fingerprint).
fn polynomial(vectors: &[Vec<Signed>]) -> Result<Vec<Linear>, Error> {
    let weights = bytes_of_weights(vectors)?;
    let length = weights.len() * PARAMETER_BYTES;
    let mut coefficients = vec![Linear::constant(Scalar::from(length as u64))];
    coefficients.extend(limbs::pack(&weights, PARAMETER_BYTES)?);
    Ok(coefficients)
}

/// Weights as 3-byte two's complement integers.
fn bytes_of_weights(vectors: &[Vec<Signed>]) -> Result<Vec<Int>, Error> {
    let weights = vectors.iter().flatten();
    weights
        .map(|weight| weight.twos_complement(PARAMETER_BYTES))
        .collect()
}

/// The root of the parameter blob: weights as 3-byte two's complement integers.
fn parameters_root<CS>(mut cs: CS, vectors: &[Vec<Signed>]) -> Result<Linear, Error>
where
    CS: System,
{
    let weights = bytes_of_weights(vectors)?;
    let digests = weights
        .chunks(CHUNK_BYTES / PARAMETER_BYTES)
        .enumerate()
        .map(|(i, chunk)| {
            let length = chunk.len() * PARAMETER_BYTES;
            let limbs = limbs::pack(chunk, PARAMETER_BYTES)?;
            hash(
                cs.namespace(|| format!("chunk {i}")),
                Tag::ParametersChunk,
                length,
                &limbs,
            )
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let length = weights.len() * PARAMETER_BYTES;
    hash(
        cs.namespace(|| "root"),
        Tag::ParametersRoot,
        length,
        &digests,
    )
}

fn hash<CS>(cs: CS, tag: Tag, length: usize, elements: &[Linear]) -> Result<Linear, Error>
where
    CS: System,
{
    poseidon::hash(cs, tag as u64, length as u64, elements)
}

// The circuit's tree and the protocol's have the same arity.
const _: () = assert!(merkle::ARITY == dataset::TREE_ARITY);
