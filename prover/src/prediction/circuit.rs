//! The circuit: allocates parameters and rows, binds them to the statement's digest, and
//! runs the graph on every row.

use std::sync::Arc;

use assay_gadgets::harness::Counter;
use assay_gadgets::lookups::Lookups;
use assay_gadgets::{Error, Int, Linear, Signed, Synthesizer, System, range, stages};
use assay_protocol::Scalar;
use bellman::{ConstraintSystem, SynthesisError};

use super::binding;
use crate::ProverError;
use crate::graph::Plan;
use crate::op::{Fact, Value, ints};
use crate::stage::{Rest, Statement, StatementCircuit};
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
    /// Products with a matrix that several rows have in common; else they are their node's.
    pub products: usize,
    /// The tables that range checks are looked up in.
    pub tables: usize,
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

crate::stage::staged!(PredictionCircuit<'_>);

impl StatementCircuit for PredictionCircuit<'_> {
    /// The prover chooses parameters, inputs, context, schema and salt; the outputs follow.
    fn state<CS: System>(&self, cs: &mut CS) -> Result<Statement, Error> {
        self.keep_products(cs);
        let tensors = self.allocate_parameters(cs.namespace(|| "parameters"))?;
        let rows = self.allocate_input(cs.namespace(|| "input"))?;
        let mut outputs = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let cs = cs.namespace(|| format!("row {i}"));
            outputs.extend(self.run(cs, &tensors, row, |_| ())?);
        }
        let statement = cs.namespace(|| "statement");
        let bound = binding::bind(statement, self, &tensors, &rows, &outputs)?;
        let parameters = tensors.iter().flat_map(Tensor::data).map(Signed::int);
        let input = rows.iter().flatten();
        let mut inputs: Vec<Linear> = parameters
            .chain(input)
            .map(|int| int.linear().clone())
            .collect();
        inputs.extend(bound.chosen);
        Ok(Statement {
            tag: bound.tag,
            elements: bound.elements,
            fingerprint: bound.fingerprint,
            inputs,
            outputs: outputs.iter().map(|int| int.linear().clone()).collect(),
        })
    }
}

impl PredictionCircuit<'_> {
    /// All rows are multiplied by the same parameters.
    fn keep_products<CS: System>(&self, cs: &mut CS) {
        if self.plan.spec().rows > 1 {
            cs.batches().open();
        }
    }

    fn allocate_parameters<CS>(&self, mut cs: CS) -> Result<Vec<Tensor<Signed>>, Error>
    where
        CS: System,
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
        CS: System,
    {
        let (rows, features) = (self.plan.spec().rows, self.plan.spec().features);
        let input = self.witness.map(|witness| witness.input);
        if input.is_some_and(|input| input.len() != self.plan.spec().input_bytes()) {
            return Err(SynthesisError::AssignmentMissing.into());
        }
        let mut feature = |i: usize, j: usize| {
            let value = input.map(|input| input[i * features as usize + j].into());
            let cs = cs.namespace(|| format!("row {i} feature {j}"));
            range::unsigned(cs, value, 8)
        };
        (0..rows as usize)
            .map(|i| (0..features as usize).map(|j| feature(i, j)).collect())
            .collect()
    }

    /// The integers of a row's output; tells `after` when a node is done.
    fn run<CS>(
        &self,
        mut cs: CS,
        tensors: &[Tensor<Signed>],
        row: &[Int],
        mut after: impl FnMut(&mut CS),
    ) -> Result<Vec<Int>, Error>
    where
        CS: System,
    {
        let row = row.iter().cloned().map(Value::Int).collect();
        let mut node = 0;
        let last = self.plan.run(row, |op, inputs, fact| {
            let name = || format!("node {node}");
            let result = shaped(fact, op.synthesize(cs.namespace(name), inputs, tensors)?);
            node += 1;
            after(&mut cs);
            result
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
        let mut counter = Counter::new();
        let (counted, gadgets) = stages::first_stage(&mut counter, |cs| {
            circuit.keep_products(cs);
            let mut marks = vec![Mark::of(cs)];
            let tensors = circuit.allocate_parameters(cs.namespace(|| "parameters"))?;
            marks.push(Mark::of(cs));
            let rows = circuit.allocate_input(cs.namespace(|| "input"))?;
            marks.push(Mark::of(cs));
            let mut outputs = Vec::new();
            for row in &rows {
                let after = |cs: &mut &mut Synthesizer<'_, Counter>| marks.push(Mark::of(cs));
                outputs.extend(circuit.run(&mut *cs, &tensors, row, after)?);
            }
            let bits: Vec<u32> = cs.ranges().bits().collect();
            let bound = binding::bind(&mut *cs, &circuit, &tensors, &rows, &outputs)?;
            let products = [false, true].map(|with| cs.batches().constraints(with));
            Ok((marks, bits, products, bound))
        })?;
        let (marks, bits, products, bound) = counted;
        let lookups = gadgets.as_ref().map(stages::Rest::lookups);
        let parts: Vec<usize> = marks
            .windows(2)
            .map(|pair| pair[1].constraints_since(&pair[0], &bits, lookups))
            .collect();
        let products = products[usize::from(lookups.is_some())];
        let tables = lookups.map_or(0, Lookups::table_constraints);
        let statement = Statement {
            tag: bound.tag,
            elements: bound.elements,
            fingerprint: bound.fingerprint,
            inputs: Vec::new(),
            outputs: Vec::new(),
        };
        let rest = Rest::of(statement, gadgets);
        rest.enforce(&mut counter, None)?;

        let (allocated, of_nodes) = parts.split_at(2);
        let mut nodes = vec![0; plan.spec().graph.nodes.len()];
        // Row after row, the same nodes.
        let per_node = nodes.len().max(1);
        for (i, constraints) in of_nodes.iter().enumerate() {
            nodes[i % per_node] += constraints;
        }
        let total = counter.constraints();
        Ok(Costs {
            parameters: allocated[0],
            input: allocated[1],
            nodes,
            statement: total - products - tables - parts.iter().sum::<usize>(),
            products,
            tables,
            total,
            wires: counter.aux(),
        })
    }
}

/// How far a circuit has come.
struct Mark {
    constraints: usize,
    checks: usize,
}

impl Mark {
    fn of(cs: &mut Synthesizer<'_, Counter>) -> Self {
        Self {
            constraints: cs.inner().constraints(),
            checks: cs.ranges().bits().count(),
        }
    }

    /// What has been added, with the range checks, which have so many bits.
    fn constraints_since(&self, before: &Self, bits: &[u32], lookups: Option<&Lookups>) -> usize {
        let checks = bits.get(before.checks..self.checks).unwrap_or_default();
        let checks = checks.iter().map(|&bits| match lookups {
            Some(lookups) => lookups.constraints_of(bits),
            None => bits as usize,
        });
        self.constraints - before.constraints + checks.sum::<usize>()
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
