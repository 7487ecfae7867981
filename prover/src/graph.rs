//! A prediction's graph, read and checked: its operators, and what is known of each value.

use assay_protocol::prediction::{Output, Prediction, PredictionError};

use crate::op::{Fact, GraphError, Op};
use crate::tensor::Tensor;

/// Why a specification has no circuit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Outside a prediction's conditions.
    #[error(transparent)]
    Prediction(#[from] PredictionError),
    /// A node that makes no sense.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The last node doesn't compute what is to be answered.
    #[error("the graph doesn't end in what it is to answer: {0}")]
    Output(String),
    /// A circuit that nobody would wait for.
    #[error(
        "{products} products of parameters and values in all rows, and {parameter_bytes} bytes of parameters: \
         a circuit has at most {MAX_PRODUCTS} and {MAX_PARAMETER_BYTES}; use a smaller model or fewer rows"
    )]
    TooLarge {
        /// Products of a parameter and a value.
        products: u64,
        /// Bytes of all parameters.
        parameter_bytes: usize,
    },
}

/// The most products of a parameter and a value, all rows together.
const MAX_PRODUCTS: u64 = 1 << 26;
/// The most bytes of parameters.
const MAX_PARAMETER_BYTES: usize = 1 << 21;

/// One application of an operator.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// What is applied.
    pub op: Op,
    /// To which values.
    pub inputs: Vec<usize>,
}

/// A specification whose every node has been read, and is defined on its inputs.
#[derive(Clone, Debug)]
pub struct Plan {
    spec: Prediction,
    steps: Vec<Step>,
    facts: Vec<Fact>,
    tensors: Vec<Fact>,
}

/// Every value of one row, the row itself first.
pub type Trace = Vec<Tensor<i128>>;

impl Plan {
    /// Reads a specification.
    ///
    /// # Errors
    /// [`PlanError`] with the node and what is wrong with it.
    pub fn new(spec: &Prediction) -> Result<Self, PlanError> {
        spec.check()?;
        let mut plan = Self {
            spec: spec.clone(),
            steps: Vec::new(),
            facts: vec![input_fact(spec.features)],
            tensors: spec.graph.tensors.iter().map(tensor_fact).collect(),
        };
        for (index, node) in spec.graph.nodes.iter().enumerate() {
            let inputs: Vec<usize> = node.inputs.iter().map(|&input| input as usize).collect();
            let facts: Vec<&Fact> = inputs
                .iter()
                .filter_map(|&input| plan.facts.get(input))
                .collect();
            let read = Op::read(node).and_then(|op| Ok((op.infer(&facts, &plan.tensors)?, op)));
            let (fact, op) = read.map_err(|problem| GraphError {
                node: index,
                operator: node.operator.chars().take(40).collect(),
                problem,
            })?;
            plan.facts.push(fact);
            plan.steps.push(Step { op, inputs });
        }
        plan.check_output().map_err(PlanError::Output)?;
        plan.check_size()?;
        Ok(plan)
    }

    /// The specification.
    pub fn spec(&self) -> &Prediction {
        &self.spec
    }

    /// What is known of each value: the row, then a value for each node.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn check_size(&self) -> Result<(), PlanError> {
        let products = |(step, fact): (&Step, &Fact)| step.op.products(fact, &self.tensors);
        let a_row: u64 = self
            .steps
            .iter()
            .zip(&self.facts[1..])
            .map(products)
            .fold(0, u64::saturating_add);
        let products = a_row.saturating_mul(self.spec.rows.into());
        let parameter_bytes = self.spec.graph.parameter_bytes();
        match products <= MAX_PRODUCTS && parameter_bytes <= MAX_PARAMETER_BYTES {
            true => Ok(()),
            false => Err(PlanError::TooLarge {
                products,
                parameter_bytes,
            }),
        }
    }

    /// Whether the last value has as many integers as the answer, within its bytes, and
    /// comes from the operator that the form of the answer names.
    fn check_output(&self) -> Result<(), String> {
        let (Some(last), Some(step)) = (self.facts.last(), self.steps.last()) else {
            return Err("there are no nodes".into());
        };
        let output = &self.spec.output;
        if last.len() != output.integers() {
            return Err(format!(
                "{} integers, the answer has {}",
                last.len(),
                output.integers()
            ));
        }
        let named = match (output, &step.op) {
            (Output::Label { classes }, Op::ArgMax(_) | Op::Positive(_)) => {
                last.hi + 1 == i128::from(*classes)
            }
            (Output::Bucket { width, .. }, Op::Bucket(bucket)) => {
                i128::from(bucket.width) == i128::from(*width)
            }
            (Output::Scores { .. }, _) => true,
            _ => false,
        };
        if !named {
            return Err(
                "a label ends in arg_max or positive, a bucket in a bucket of its width".into(),
            );
        }
        let (offset, bits) = (i128::from(output.offset()), 8 * output.integer_bytes());
        if last.lo + offset < 0 || last.hi + offset >= 1 << bits {
            return Err(format!(
                "{} to {} don't fit its bytes: rescale before",
                last.lo, last.hi
            ));
        }
        Ok(())
    }

    /// The parameter tensors of a blob.
    ///
    /// # Errors
    /// [`PredictionError::Length`] for a blob of another length.
    pub fn tensors(&self, blob: &[u8]) -> Result<Vec<Tensor<i128>>, PredictionError> {
        let integers = self.spec.graph.parameters_from_bytes(blob)?;
        let tensor = |(fact, integers): (&Fact, Vec<i64>)| {
            let found = integers.len();
            let integers = integers.into_iter().map(i128::from).collect();
            let expected = fact.len();
            Tensor::new(fact.shape.clone(), integers)
                .ok_or(PredictionError::Count { expected, found })
        };
        self.tensors.iter().zip(integers).map(tensor).collect()
    }

    /// Evaluates the graph on a row, exactly.
    ///
    /// # Errors
    /// [`PredictionError::Length`] for a row of another length.
    pub fn evaluate(&self, tensors: &[Tensor<i128>], row: &[u8]) -> Result<Trace, PredictionError> {
        let (expected, found) = (self.spec.features as usize, row.len());
        if found != expected {
            return Err(PredictionError::Length { expected, found });
        }
        let row = row.iter().map(|&byte| byte.into()).collect();
        let mut trace = vec![Tensor::vector(row)];
        for (Step { op, inputs }, fact) in self.steps.iter().zip(&self.facts[1..]) {
            let inputs: Vec<&Tensor<i128>> = inputs.iter().map(|&input| &trace[input]).collect();
            let result = op.evaluate(&inputs, tensors);
            let (expected, found) = (fact.len(), result.len());
            let result = Tensor::new(fact.shape.clone(), result);
            trace.push(result.ok_or(PredictionError::Count { expected, found })?);
        }
        Ok(trace)
    }

    /// The answers to `[rows, features]` bytes: the integers of every row's output.
    ///
    /// # Errors
    /// [`PredictionError::Length`] for inputs or parameters of another length,
    /// [`PredictionError::OutOfRange`] never for a checked plan.
    pub fn answer(&self, blob: &[u8], input: &[u8]) -> Result<Vec<i64>, PredictionError> {
        let (expected, found) = (self.spec.input_bytes(), input.len());
        if found != expected {
            return Err(PredictionError::Length { expected, found });
        }
        let tensors = self.tensors(blob)?;
        let mut answers = Vec::with_capacity(self.spec.rows as usize * self.spec.output.integers());
        for row in input.chunks(self.spec.features as usize) {
            let trace = self.evaluate(&tensors, row)?;
            for &integer in trace.last().map_or(&[][..], Tensor::data) {
                let answer = i64::try_from(integer).map_err(|_| PredictionError::OutOfRange {
                    index: answers.len(),
                    value: i64::MAX,
                    bytes: self.spec.output.integer_bytes(),
                })?;
                answers.push(answer);
            }
        }
        Ok(answers)
    }
}

/// What is known of a row.
fn input_fact(features: u32) -> Fact {
    Fact {
        shape: vec![features as usize],
        lo: 0,
        hi: 255,
    }
}

/// What is known of parameters: their bytes are proved, nothing else.
pub(crate) fn tensor_fact(tensor: &assay_protocol::prediction::Tensor) -> Fact {
    let half = 1i128 << (8 * u32::from(tensor.bytes) - 1);
    Fact {
        shape: tensor
            .shape
            .iter()
            .map(|&dimension| dimension as usize)
            .collect(),
        lo: -half,
        hi: half - 1,
    }
}
