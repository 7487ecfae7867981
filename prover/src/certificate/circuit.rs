//! The circuit: binds data and parameters to the statement's digest, then checks the
//! gradient of every weight vector.

use assay_gadgets::harness::Ports;
use assay_gadgets::mask::{Label, Mask};
use assay_gadgets::{Error, range};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use bellman::{Circuit, ConstraintSystem, SynthesisError};

use super::instance::{Claim, Instance, Row, Weight};
use super::{binding, gradient};

/// The certificate; its only public input is the digest of the statement claimed.
///
/// The shape depends on the specification and the kind of claim alone. A witness that doesn't fit the
/// specification's shape is an error, one without a certificate leaves it unsatisfied.
#[derive(Clone, Copy)]
pub struct SquaredHingeCircuit<'a> {
    /// The specification.
    pub spec: SquaredHinge,
    /// The statement's kind, and the witness.
    pub claim: Claim<'a>,
}

impl Circuit<Scalar> for SquaredHingeCircuit<'_> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        self.synthesize_with_ports(cs)?;
        Ok(())
    }
}

impl SquaredHingeCircuit<'_> {
    /// Synthesises the circuit and returns what the prover is free to choose (data,
    /// parameters, context, schema, salts and minimum of rows) and what follows from it (the digest).
    ///
    /// # Errors
    /// Those of the gadgets.
    pub fn synthesize_with_ports<CS>(&self, cs: &mut CS) -> Result<Ports, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let instance = self.allocate(cs)?;
        let statement = cs.namespace(|| "statement");
        let bound = binding::bind(statement, &self.spec, &self.claim, &instance)?;
        for vector in 0..instance.vectors.len() {
            let cs = cs.namespace(|| format!("vector {vector}"));
            gradient::enforce(cs, &self.spec, &instance, vector)?;
        }
        let mut inputs = instance.into_linears();
        inputs.extend(bound.chosen);
        Ok(Ports {
            inputs,
            outputs: vec![bound.digest],
        })
    }

    fn allocate<CS: ConstraintSystem<Scalar>>(&self, cs: &mut CS) -> Result<Instance, Error> {
        let rows_in_use = self.claim.training().map(|w| w.data.rows());
        let mask = Mask::alloc(
            cs.namespace(|| "mask"),
            rows_in_use,
            self.spec.rows as usize,
        )?;
        let rows = (0..self.spec.rows as usize)
            .map(|i| self.allocate_row(cs.namespace(|| format!("row {i}")), &mask, i))
            .collect::<Result<_, _>>()?;
        let vectors = (0..self.spec.vectors())
            .map(|k| self.allocate_weights(cs.namespace(|| format!("weights {k}")), k))
            .collect::<Result<_, _>>()?;
        Ok(Instance {
            mask,
            rows,
            vectors,
        })
    }

    fn allocate_row<CS>(&self, mut cs: CS, mask: &Mask, i: usize) -> Result<Row, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let witness = self.claim.training();
        let row = witness.map(|w| w.data.row(i));
        let label = witness.map(|w| w.data.labels().get(i).copied());
        let features = (0..self.spec.features as usize)
            .map(|j| {
                let value = row.map(|row| row.get(j).copied().unwrap_or(0).into());
                let cs = cs.namespace(|| format!("feature {j}"));
                Ok(range::unsigned(cs, value, 8)?.0)
            })
            .collect::<Result<_, Error>>()?;
        let class = label.map(|label| label.map_or(0, usize::from));
        let classes = self.spec.classes as usize;
        let label = Label::alloc(cs.namespace(|| "label"), &mask.bits()[i], class, classes)?;
        Ok(Row { features, label })
    }

    fn allocate_weights<CS>(&self, mut cs: CS, vector: usize) -> Result<Vec<Weight>, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let width = self.spec.width();
        (0..width)
            .map(|j| {
                let witness = self.claim.training();
                let value = witness.map(|w| w.parameters.get(vector * width + j).copied());
                let value = value.map(|value| value.ok_or(SynthesisError::AssignmentMissing));
                let value = value.transpose()?.map(i128::from);
                let cs = cs.namespace(|| format!("weight {j}"));
                let (int, bits) = range::signed(cs, value, self.spec.weight_bits() + 1)?;
                Ok(Weight { int, bits })
            })
            .collect()
    }
}
