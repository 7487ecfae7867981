//! The circuit: allocates parameters and rows, binds them to the statement's digest, and
//! runs the graph on every row.

use std::sync::Arc;

use assay_gadgets::harness::{Counter, Ports};
use assay_gadgets::{Error, Int, Linear, Signed, range};
use assay_protocol::Scalar;
use bellman::{Circuit, ConstraintSystem, SynthesisError};

use super::binding;
use crate::ProverError;
use crate::graph::Plan;
use crate::op::{Fact, Value, ints};
use crate::tensor::Tensor;

/// What the prover knows. No `Debug`: the parameters may be hidden.
#[derive(Clone, Copy)]
pub struct Witness<'a> {
    /// The parameter blob.
    pub parameters: &'a [u8],
    /// Salt of the model's commitment, for a hidden model.
    pub salt: Option<Scalar>,
    /// Digest of the schema.
    pub schema: Scalar,
    /// `[rows, features]` bytes.
    pub input: &'a [u8],
    /// The statement's context.
    pub context: Scalar,
}

/// Constraints, by what they are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// Range checks of the parameters.
    pub parameters: usize,
    /// Range checks of the inputs.
    pub input: usize,
    /// Each node of the graph, all rows together.
    pub nodes: Vec<usize>,
    /// Hashing parameters, inputs, outputs and the statement.
    pub statement: usize,
    /// All of it.
    pub total: usize,
    /// Private wires.
    pub wires: usize,
}

/// A prediction's circuit; its only public input is the statement's digest.
///
/// The shape depends on the specification alone. A witness of another shape is an error.
#[derive(Clone)]
pub struct PredictionCircuit<'a> {
    /// What is computed.
    pub plan: Arc<Plan>,
    /// The witness; none for setup.
    pub witness: Option<Witness<'a>>,
}

impl Circuit<Scalar> for PredictionCircuit<'_> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        self.synthesize_with_ports(cs)?;
        Ok(())
    }
}

impl PredictionCircuit<'_> {
    /// Synthesises the circuit and returns what the prover is free to choose (parameters,
    /// inputs, context, schema and salt) and what follows from it (outputs and digest).
    ///
    /// # Errors
    /// Those of the gadgets.
    pub fn synthesize_with_ports<CS>(&self, cs: &mut CS) -> Result<Ports, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let tensors = self.allocate_parameters(cs.namespace(|| "parameters"))?;
        let rows = self.allocate_input(cs.namespace(|| "input"))?;
        let mut outputs = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let cs = cs.namespace(|| format!("row {i}"));
            outputs.extend(self.run(cs, &tensors, row)?);
        }
        let statement = cs.namespace(|| "statement");
        let bound = binding::bind(statement, self, &tensors, &rows, &outputs)?;
        let parameters = tensors.iter().flat_map(Tensor::data).map(Signed::int);
        let input = rows.iter().flatten();
        let mut chosen: Vec<Linear> = parameters
            .chain(input)
            .map(|int| int.linear().clone())
            .collect();
        chosen.extend(bound.chosen);
        let mut results: Vec<Linear> = outputs.iter().map(|int| int.linear().clone()).collect();
        results.push(bound.digest);
        Ok(Ports {
            inputs: chosen,
            outputs: results,
        })
    }

    fn allocate_parameters<CS>(&self, mut cs: CS) -> Result<Vec<Tensor<Signed>>, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let missing = |_| SynthesisError::AssignmentMissing;
        let blob = self
            .witness
            .map(|witness| self.plan.tensors(witness.parameters));
        let blob = blob.transpose().map_err(missing)?;
        let tensors = self.plan.spec().graph.tensors.iter().enumerate();
        tensors
            .map(|(t, tensor)| {
                let fact = crate::graph::tensor_fact(tensor);
                let values = blob.as_ref().map(|blob| blob[t].data());
                let integer = |i: usize| {
                    let cs = cs.namespace(|| format!("tensor {t} integer {i}"));
                    let value = values.map(|values| values[i]);
                    Signed::alloc(cs, value, 8 * u32::from(tensor.bytes))
                };
                let integers = (0..fact.len()).map(integer).collect::<Result<_, _>>()?;
                shaped(&fact, integers)
            })
            .collect()
    }

    fn allocate_input<CS>(&self, mut cs: CS) -> Result<Vec<Vec<Int>>, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let (rows, features) = (self.plan.spec().rows, self.plan.spec().features);
        let input = self.witness.map(|witness| witness.input);
        if input.is_some_and(|input| input.len() != self.plan.spec().input_bytes()) {
            return Err(SynthesisError::AssignmentMissing.into());
        }
        let mut feature = |i: usize, j: usize| {
            let value = input.map(|input| input[i * features as usize + j].into());
            let cs = cs.namespace(|| format!("row {i} feature {j}"));
            Ok(range::unsigned(cs, value, 8)?.0)
        };
        (0..rows as usize)
            .map(|i| (0..features as usize).map(|j| feature(i, j)).collect())
            .collect()
    }

    /// The integers of a row's output.
    fn run<CS>(
        &self,
        mut cs: CS,
        tensors: &[Tensor<Signed>],
        row: &[Int],
    ) -> Result<Vec<Int>, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let row = row.iter().cloned().map(Value::Int).collect();
        let mut node = 0;
        let last = self.plan.run(row, |op, inputs, fact| {
            let cs = cs.namespace(|| format!("node {node}"));
            node += 1;
            shaped(fact, op.synthesize(cs, inputs, tensors)?)
        })?;
        Ok(ints(&last))
    }

    /// What each part of the circuit costs.
    ///
    /// # Errors
    /// [`ProverError::Synthesis`].
    pub fn costs(plan: &Arc<Plan>) -> Result<Costs, ProverError> {
        Ok(Self::count(plan).map_err(SynthesisError::from)?)
    }

    fn count(plan: &Arc<Plan>) -> Result<Costs, Error> {
        let circuit = PredictionCircuit {
            plan: plan.clone(),
            witness: None,
        };
        let mut cs = Counter::new();
        let tensors = circuit.allocate_parameters(cs.namespace(|| "parameters"))?;
        let mut costs = Costs {
            parameters: cs.constraints(),
            ..Costs::default()
        };
        let rows = circuit.allocate_input(cs.namespace(|| "input"))?;
        costs.input = cs.constraints() - costs.parameters;
        let row = rows.first().into_iter().flatten().cloned();
        plan.run(row.map(Value::Int).collect(), |op, inputs, fact| {
            let before = cs.constraints();
            let result = op.synthesize(&mut cs, inputs, &tensors)?;
            // Every row costs the same.
            costs.nodes.push((cs.constraints() - before) * rows.len());
            shaped(fact, result)
        })?;
        let mut whole = Counter::new();
        circuit.synthesize_with_ports(&mut whole)?;
        (costs.total, costs.wires) = (whole.constraints(), whole.aux());
        let others = costs.parameters + costs.input + costs.nodes.iter().sum::<usize>();
        costs.statement = costs.total - others;
        Ok(costs)
    }
}

fn shaped<T>(fact: &Fact, data: Vec<T>) -> Result<Tensor<T>, Error> {
    let (expected, found) = (fact.len(), data.len());
    Tensor::new(fact.shape.clone(), data).ok_or(Error::Length {
        operation: "a value",
        expected,
        found,
    })
}
