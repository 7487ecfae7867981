//! The circuit: binds data and parameters to the statement's digest, then checks the
//! gradient of every weight vector.

use assay_gadgets::mask::{Label, Mask};
use assay_gadgets::{Error, Signed, System, range};
use assay_protocol::certificate::SquaredHinge;
use bellman::SynthesisError;

use super::instance::{Claim, Instance, Row};
use super::{binding, gradient};
use crate::stage::{Statement, StatementCircuit};

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

crate::stage::staged!(SquaredHingeCircuit<'_>);

impl StatementCircuit for SquaredHingeCircuit<'_> {
    /// The prover chooses data, parameters, context, schema, salts and minimum of rows.
    fn state<CS: System>(&self, cs: &mut CS) -> Result<Statement, Error> {
        // All vectors are multiplied by the same rows.
        if self.spec.vectors() > 1 {
            cs.batches().open();
        }
        let instance = self.allocate(cs)?;
        let statement = cs.namespace(|| "statement");
        let bound = binding::bind(statement, &self.spec, &self.claim, &instance)?;
        for vector in 0..instance.vectors.len() {
            let cs = cs.namespace(|| format!("vector {vector}"));
            gradient::enforce(cs, &self.spec, &instance, vector)?;
        }
        let mut inputs = instance.into_linears();
        inputs.extend(bound.chosen);
        Ok(Statement {
            tag: bound.tag,
            elements: bound.elements,
            fingerprint: bound.fingerprint,
            inputs,
            outputs: Vec::new(),
        })
    }
}

impl SquaredHingeCircuit<'_> {
    fn allocate<CS: System>(&self, cs: &mut CS) -> Result<Instance, Error> {
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
        // Every vector's gradients hold it.
        let len = match self.spec.vectors() {
            1 => mask.len().clone(),
            _ => mask.len().to_wire(cs.namespace(|| "rows in use"))?,
        };
        Ok(Instance {
            mask,
            len,
            rows,
            vectors,
        })
    }

    fn allocate_row<CS>(&self, mut cs: CS, mask: &Mask, i: usize) -> Result<Row, Error>
    where
        CS: System,
    {
        let witness = self.claim.training();
        let row = witness.map(|w| w.data.row(i));
        let label = witness.map(|w| w.data.labels().get(i).copied());
        let features = (0..self.spec.features as usize)
            .map(|j| {
                let value = row.map(|row| row.get(j).copied().unwrap_or(0).into());
                range::unsigned(cs.namespace(|| format!("feature {j}")), value, 8)
            })
            .collect::<Result<_, Error>>()?;
        let class = label.map(|label| label.map_or(0, usize::from));
        let classes = self.spec.classes as usize;
        let label = Label::alloc(cs.namespace(|| "label"), &mask.bits()[i], class, classes)?;
        Ok(Row { features, label })
    }

    fn allocate_weights<CS>(&self, mut cs: CS, vector: usize) -> Result<Vec<Signed>, Error>
    where
        CS: System,
    {
        let width = self.spec.width();
        (0..width)
            .map(|j| {
                let witness = self.claim.training();
                let value = witness.map(|w| w.parameters.get(vector * width + j).copied());
                let value = value.map(|value| value.ok_or(SynthesisError::AssignmentMissing));
                let value = value.transpose()?.map(i128::from);
                let cs = cs.namespace(|| format!("weight {j}"));
                Signed::alloc(cs, value, self.spec.weight_bits() + 1)
            })
            .collect()
    }
}
