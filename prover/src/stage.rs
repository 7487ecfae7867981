//! From a circuit's statement to its public input, in one stage or in two.

use assay_engine::SecondStage;
use assay_gadgets::harness::Ports;
use assay_gadgets::{Error, Linear, System, polynomial, poseidon, stages};
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
    /// Of a statement with a fingerprint: the coefficients of the parameters' polynomial.
    pub fingerprint: Option<Vec<Linear>>,
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

    /// Synthesises the circuit in one stage, its range checks being for the caller to prove.
    /// The digest is the last output.
    ///
    /// The challenges of a statement with a fingerprint are two more inputs, so that no proof
    /// of such a circuit shows anything: their values here are those for a commitment of
    /// zeros.
    ///
    /// # Errors
    /// Those of the gadgets.
    fn synthesize_with_ports<CS: System>(&self, cs: &mut CS) -> Result<Ports, Error> {
        let Statement {
            tag,
            elements,
            fingerprint,
            mut inputs,
            mut outputs,
        } = self.state(cs)?;
        let rest = Rest {
            tag,
            elements,
            fingerprint,
            gadgets: None,
        };
        let values = rest
            .values()
            .map(|values| challenges(tag, &values, &[0; 48]));
        let (challenges, digest) = rest.enforce_with_ports(cs, values)?;
        inputs.extend(challenges);
        outputs.push(digest);
        Ok(Ports { inputs, outputs })
    }
}

/// A circuit without challenges: range checks are proved by bits. Proofs are plain Groth16
/// proofs, of more constraints. With a fingerprint there is no such circuit, and synthesis
/// fails.
#[derive(Clone)]
pub struct ByBits<C>(pub C);

impl<C: StatementCircuit> Circuit<Scalar> for ByBits<C> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        stages::by_bits(cs, |system| {
            let statement = self.0.state(system)?;
            let rest = Rest::of(statement, None);
            match rest.is_challenged() {
                true => Err(SynthesisError::Unsatisfiable.into()),
                false => rest.enforce(system, None),
            }
        })?;
        Ok(())
    }
}

/// What is left once all else is synthesised: what gadgets prove with a challenge and the
/// fingerprint, where there are any, and the digest.
pub struct Rest {
    tag: Tag,
    elements: Vec<Linear>,
    fingerprint: Option<Vec<Linear>>,
    gadgets: Option<stages::Rest>,
}

/// Synthesises a circuit, in two stages where lookups make it smaller.
pub(crate) fn first_stage<CS, C>(circuit: &C, cs: &mut CS) -> Result<Option<Rest>, SynthesisError>
where
    CS: ConstraintSystem<Scalar>,
    C: StatementCircuit,
{
    let (statement, gadgets) = stages::first_stage(cs, |system| circuit.state(system))?;
    let rest = Rest::of(statement, gadgets);
    if rest.is_challenged() {
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
    /// What is left of a statement and of its circuit's gadgets.
    pub(crate) fn of(statement: Statement, gadgets: Option<stages::Rest>) -> Self {
        Self {
            tag: statement.tag,
            elements: statement.elements,
            fingerprint: statement.fingerprint,
            gadgets,
        }
    }

    fn is_challenged(&self) -> bool {
        self.gadgets.is_some() || self.fingerprint.is_some()
    }

    /// The elements, where the witness is known.
    fn values(&self) -> Option<Vec<Scalar>> {
        self.elements.iter().map(Linear::value).collect()
    }

    /// The challenges that the verifier will draw.
    fn draw(&self, commitment: &CompressedG1) -> Result<[Scalar; CHALLENGES], SynthesisError> {
        let elements = self.values().ok_or(SynthesisError::AssignmentMissing)?;
        Ok(challenges(self.tag, &elements, commitment.as_bytes()))
    }

    /// Enforces the gadgets' rest with the first challenge, the fingerprint with the second, and
    /// the digest with all of them.
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
        self.enforce_with_ports(cs, challenges)?;
        Ok(())
    }

    /// As [`enforce`](Self::enforce); returns the challenges, if there are any, and the
    /// digest.
    fn enforce_with_ports<CS>(
        self,
        cs: &mut CS,
        challenges: Option<[Scalar; CHALLENGES]>,
    ) -> Result<(Vec<Linear>, Linear), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        if !self.is_challenged() {
            return Ok((Vec::new(), bind(cs, &self.elements, self.tag)?));
        }
        let [first, second] = std::array::from_fn(|i| challenges.map(|values| values[i]));
        let first = Linear::alloc(&mut *cs, || "challenge 0", first)?;
        let second = Linear::alloc(&mut *cs, || "challenge 1", second)?;
        let mut elements = self.elements;
        elements.extend([first.clone(), second.clone()]);
        if let Some(gadgets) = self.gadgets {
            gadgets.enforce(&mut *cs, &first)?;
        }
        if let Some(coefficients) = self.fingerprint {
            let cs = cs.namespace(|| "fingerprint");
            elements.push(polynomial::evaluate(cs, &coefficients, &second)?);
        }
        let digest = bind(cs, &elements, self.tag)?;
        Ok((vec![first, second], digest))
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
