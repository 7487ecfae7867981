//! From a circuit's statement to its public input, in one stage or in two.

use assay_engine::SecondStage;
use assay_gadgets::harness::Ports;
use assay_gadgets::lookups::Lookups;
use assay_gadgets::{Error, Linear, System, poseidon, ranges};
use assay_groth16::CompressedG1;
use assay_protocol::Scalar;
use assay_protocol::challenge::{CHALLENGES, challenges};
use assay_protocol::hash::Tag;
use bellman::{Circuit, ConstraintSystem, SynthesisError};

/// What a circuit has computed, and says of it.
pub struct Statement {
    /// Kind and version.
    pub tag: Tag,
    /// The statement's elements, in the order in which they are hashed.
    pub elements: Vec<Linear>,
    /// What the prover is free to choose.
    pub inputs: Vec<Linear>,
    /// What follows from it besides the digest.
    pub outputs: Vec<Linear>,
}

/// A circuit whose only public input is the digest of a statement.
pub trait StatementCircuit {
    /// Synthesises all but the digest.
    ///
    /// # Errors
    /// Those of the gadgets.
    fn state<CS: System>(&self, cs: &mut CS) -> Result<Statement, Error>;

    /// Synthesises the circuit without challenges, its range checks being for the caller to
    /// prove. The digest is the last output.
    ///
    /// # Errors
    /// Those of the gadgets.
    fn synthesize_with_ports<CS: System>(&self, cs: &mut CS) -> Result<Ports, Error> {
        let statement = self.state(cs)?;
        let digest = bind(cs, &statement.elements, statement.tag)?;
        let mut outputs = statement.outputs;
        outputs.push(digest);
        Ok(Ports {
            inputs: statement.inputs,
            outputs,
        })
    }
}

/// A circuit without challenges: range checks are proved by bits. Proofs are plain Groth16
/// proofs, of more constraints.
#[derive(Clone)]
pub struct ByBits<C>(pub C);

impl<C: StatementCircuit> Circuit<Scalar> for ByBits<C> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        ranges::by_bits(cs, |system| self.0.synthesize_with_ports(system))?;
        Ok(())
    }
}

/// What is left once all else is synthesised: lookups where there are any, and the digest.
pub struct Rest {
    pub(crate) tag: Tag,
    pub(crate) elements: Vec<Linear>,
    /// With lookups there are challenges, which join the elements.
    pub(crate) lookups: Option<Lookups>,
}

/// Synthesises a circuit, in two stages where lookups make it smaller.
pub(crate) fn first_stage<CS, C>(circuit: &C, cs: &mut CS) -> Result<Option<Rest>, SynthesisError>
where
    CS: ConstraintSystem<Scalar>,
    C: StatementCircuit,
{
    let (statement, lookups) = ranges::first_stage(cs, |system| circuit.state(system))?;
    let Statement { tag, elements, .. } = statement;
    let rest = Rest {
        tag,
        elements,
        lookups,
    };
    if rest.lookups.is_some() {
        return Ok(Some(rest));
    }
    rest.enforce(cs, None)?;
    Ok(None)
}

impl SecondStage for Rest {
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
        commitment: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError> {
        let challenges = commitment.map(|commitment| self.draw(commitment));
        self.enforce(cs, challenges.transpose()?)?;
        Ok(())
    }
}

impl Rest {
    /// The challenges that the verifier will draw.
    fn draw(&self, commitment: &CompressedG1) -> Result<[Scalar; CHALLENGES], SynthesisError> {
        let elements: Option<Vec<Scalar>> = self.elements.iter().map(Linear::value).collect();
        let elements = elements.ok_or(SynthesisError::AssignmentMissing)?;
        Ok(challenges(self.tag, &elements, commitment.as_bytes()))
    }

    /// Enforces the lookups with the first challenge, and the digest with all of them.
    ///
    /// # Errors
    /// Those of the gadgets.
    pub fn enforce<CS>(
        self,
        cs: &mut CS,
        challenges: Option<[Scalar; CHALLENGES]>,
    ) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let mut elements = self.elements;
        if let Some(lookups) = self.lookups {
            let [first, second] = std::array::from_fn(|i| challenges.map(|values| values[i]));
            let first = Linear::alloc(&mut *cs, || "challenge 0", first)?;
            let second = Linear::alloc(&mut *cs, || "challenge 1", second)?;
            lookups.enforce(cs.namespace(|| "lookups"), &first)?;
            elements.extend([first, second]);
        }
        bind(cs, &elements, self.tag)?;
        Ok(())
    }
}

/// Enforces that the digest of these elements is the public input, and returns it.
fn bind<CS>(cs: &mut CS, elements: &[Linear], tag: Tag) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut cs = cs.namespace(|| "statement");
    let length = elements.len() as u64;
    let digest = poseidon::hash(cs.namespace(|| "digest"), tag as u64, length, elements)?;
    let missing = SynthesisError::AssignmentMissing;
    let public = cs.alloc_input(|| "digest", || digest.value().ok_or(missing))?;
    Linear::variable(public, digest.value()).enforce_equal(&mut cs, || "digest", &digest);
    Ok(digest)
}

/// The two circuits are staged in the same way.
macro_rules! staged {
    ($circuit:ty) => {
        impl assay_engine::StagedCircuit for $circuit {
            type Second = crate::stage::Rest;

            fn first_stage<CS: bellman::ConstraintSystem<assay_protocol::Scalar>>(
                self,
                cs: &mut CS,
            ) -> Result<Option<crate::stage::Rest>, bellman::SynthesisError> {
                crate::stage::first_stage(&self, cs)
            }
        }
    };
}
pub(crate) use staged;
