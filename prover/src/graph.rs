//! A prediction's graph, read and checked: its operators, and what is known of each value.

use assay_protocol::prediction::{
    Binding, MAX_HIDDEN_BUCKETS, Node, Output, Prediction, PredictionError,
};

use crate::cost::{Cost, MAX_CHECKED, MAX_CONSTRAINTS, MAX_KEPT, MAX_TERMS};
use crate::op::{Fact, GraphError, Op, SIGNED_TERMS};
use crate::prediction::binding_cost;
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
    /// A hidden model whose buckets tell too much of a score.
    #[error(
        "a hidden model's bucket is one of at most {MAX_HIDDEN_BUCKETS}, this one of {answers}: choose wider buckets"
    )]
    Answers {
        /// How many buckets the graph's score may fall into.
        answers: i128,
    },
    /// A circuit that nobody would wait for, or have the memory for.
    #[error(
        "the circuit may have {} constraints and {} terms, {} of range checks, and keep {kept} terms at once; \
         this program makes at most {MAX_CONSTRAINTS}, {MAX_TERMS}, {MAX_CHECKED} and {MAX_KEPT}: use a smaller \
         model or fewer rows",
        cost.constraints, cost.terms, cost.checked
    )]
    TooLarge {
        /// Its constraints and their terms, at most.
        cost: Cost,
        /// Terms of values that are needed at the same time, at most.
        kept: u64,
    },
}

/// The most values that a node is applied to.
const MAX_INPUTS: usize = 16;

/// One application of an operator.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// What is applied.
    pub op: Op,
    /// To which values.
    pub inputs: Vec<usize>,
    /// The values that nothing needs once it is applied.
    pub spent: Vec<usize>,
}

/// A specification whose every node has been read, and is defined on its inputs.
#[derive(Clone, Debug)]
pub struct Plan {
    spec: Prediction,
    steps: Vec<Step>,
    facts: Vec<Fact>,
    tensors: Vec<Fact>,
}

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
            facts: vec![input_fact(spec.features as usize)],
            tensors: spec.graph.tensors.iter().map(tensor_fact).collect(),
        };
        for (index, node) in spec.graph.nodes.iter().enumerate() {
            plan.add(node).map_err(|problem| GraphError {
                node: index,
                operator: node.operator.chars().take(40).collect(),
                problem,
            })?;
        }
        plan.find_spent();
        plan.check_output().map_err(PlanError::Output)?;
        plan.check_answers()?;
        plan.check_size()?;
        Ok(plan)
    }

    /// Adds a node; what is wrong with it.
    fn add(&mut self, node: &Node) -> Result<(), String> {
        let found = node.inputs.len();
        if found > MAX_INPUTS {
            return Err(format!("it takes at most {MAX_INPUTS} inputs, not {found}"));
        }
        let inputs = node.inputs.iter().map(|&input| input as usize).collect();
        let (op, spent) = (Op::read(node)?, Vec::new());
        let step = Step { op, inputs, spent };
        let fact = step.op.infer(&self.inputs(&step), &self.tensors)?;
        self.facts.push(fact);
        self.steps.push(step);
        Ok(())
    }

    /// What is known of a step's inputs.
    fn inputs(&self, step: &Step) -> Vec<&Fact> {
        let facts = step.inputs.iter();
        facts.filter_map(|&input| self.facts.get(input)).collect()
    }

    /// Finds after which step each value is spent, from the last one backwards. The answer
    /// never is.
    fn find_spent(&mut self) {
        let mut needed = vec![false; self.facts.len()];
        if let Some(answer) = needed.last_mut() {
            *answer = true;
        }
        for (node, step) in self.steps.iter_mut().enumerate().rev() {
            for &value in [node + 1].iter().chain(&step.inputs) {
                if !std::mem::replace(&mut needed[value], true) {
                    step.spent.push(value);
                }
            }
        }
    }

    /// The specification.
    pub fn spec(&self) -> &Prediction {
        &self.spec
    }

    /// What is known of each value: the row, then a value for each node.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// What the circuit costs at most.
    pub fn cost(&self) -> Cost {
        let of_step =
            |(step, fact): (&Step, &Fact)| step.op.cost(&self.inputs(step), fact, &self.tensors);
        let a_row: Cost = self.steps.iter().zip(&self.facts[1..]).map(of_step).sum();
        let bytes = self.spec.graph.parameter_bytes() + self.spec.input_bytes();
        let allocated = Cost::range(8).times(bytes as u64);
        let answer = self.facts.last().map_or(0, |last| last.terms);
        allocated + a_row.times(self.spec.rows.into()) + binding_cost(&self.spec, answer)
    }

    /// The most terms that are needed at the same time: of the values of a row, and
    /// of all rows' answers.
    fn kept(&self) -> u64 {
        let of = |value: &usize| self.facts.get(*value).map_or(0, Fact::kept);
        let (mut now, mut most) = (of(&0), 0);
        for (node, step) in self.steps.iter().enumerate() {
            now = u64::saturating_add(now, of(&(node + 1)));
            most = now.max(most);
            now = step.spent.iter().map(of).fold(now, u64::saturating_sub);
        }
        let answers = now.saturating_mul(self.spec.rows.into());
        most.saturating_add(answers)
    }

    fn check_size(&self) -> Result<(), PlanError> {
        let (cost, kept) = (self.cost(), self.kept());
        let is_small = cost.constraints <= MAX_CONSTRAINTS && cost.terms <= MAX_TERMS;
        match is_small && cost.checked <= MAX_CHECKED && kept <= MAX_KEPT {
            true => Ok(()),
            false => Err(PlanError::TooLarge { cost, kept }),
        }
    }

    /// Whether a hidden model's score falls into few enough buckets.
    fn check_answers(&self) -> Result<(), PlanError> {
        let is_hidden = self.spec.parameters == Binding::Hidden;
        let (true, Output::Bucket { .. }, Some(last)) =
            (is_hidden, self.spec.output, self.facts.last())
        else {
            return Ok(());
        };
        let answers = last.hi - last.lo + 1;
        match answers <= MAX_HIDDEN_BUCKETS.into() {
            true => Ok(()),
            false => Err(PlanError::Answers { answers }),
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

    /// Runs the nodes on a row in order; the elements of the last value. `apply` is given
    /// each node's operator, the values that it is applied to and what is known of its
    /// result. Every value is dropped as soon as nothing needs it.
    pub(crate) fn run<T, E>(
        &self,
        row: Vec<T>,
        mut apply: impl FnMut(&Op, &[&Tensor<T>], &Fact) -> Result<Tensor<T>, E>,
    ) -> Result<Vec<T>, E> {
        let mut values = vec![Some(Tensor::vector(row))];
        for (step, fact) in self.steps.iter().zip(&self.facts[1..]) {
            let inputs = step.inputs.iter();
            let inputs: Vec<&Tensor<T>> = inputs.filter_map(|&i| values[i].as_ref()).collect();
            let result = apply(&step.op, &inputs, fact)?;
            values.push(Some(result));
            for &spent in &step.spent {
                values[spent] = None;
            }
        }
        let last = values.pop().flatten();
        Ok(last.map(Tensor::into_data).unwrap_or_default())
    }

    /// Evaluates the graph on a row, exactly.
    fn evaluate(&self, tensors: &[Tensor<i128>], row: &[u8]) -> Result<Vec<i128>, PredictionError> {
        let row = row.iter().map(|&byte| byte.into()).collect();
        self.run(row, |op, inputs, fact| {
            let result = op.evaluate(inputs, tensors);
            let (expected, found) = (fact.len(), result.len());
            let result = Tensor::new(fact.shape.clone(), result);
            result.ok_or(PredictionError::Count { expected, found })
        })
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
            for integer in self.evaluate(&tensors, row)? {
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

/// What is known of a row: each feature is a byte, a wire.
pub(crate) fn input_fact(features: usize) -> Fact {
    Fact::new(vec![features], (0, 255), 2)
}

/// What is known of parameters: their bytes are proved, nothing else.
pub(crate) fn tensor_fact(tensor: &assay_protocol::prediction::Tensor) -> Fact {
    let bits = 8 * u32::from(tensor.bytes);
    let half = 1i128 << (bits - 1);
    let shape = tensor.shape.iter().map(|&dimension| dimension as usize);
    let fact = Fact::new(shape.collect(), (-half, half - 1), SIGNED_TERMS);
    Fact { bits, ..fact }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::rc::Rc;

    use assay_protocol::prediction::Graph;

    use super::*;
    use crate::op::Reshape;

    /// A row of one feature that goes through so many nodes, each applied to the one before.
    fn chain(length: u32) -> Plan {
        let node = |input| Op::from(Reshape { shape: vec![1] }).to_node(vec![input]);
        let spec = Prediction {
            parameters: Binding::Root,
            rows: 1,
            features: 1,
            output: Output::Scores {
                count: 1,
                fraction_bits: 0,
            },
            graph: Graph {
                tensors: vec![],
                nodes: (0..length).map(node).collect(),
            },
        };
        Plan::new(&spec).unwrap()
    }

    #[test]
    fn a_value_is_dropped_after_its_last_use() {
        let alive = Rc::new(());
        let last = chain(20).run(vec![alive.clone()], |_, inputs, _| {
            // The own one, and the only input.
            assert_eq!((Rc::strong_count(&alive), inputs.len()), (2, 1));
            Ok::<_, PlanError>(Tensor::vector(vec![alive.clone()]))
        });
        assert_eq!(last.unwrap().len(), 1);
    }

    #[test]
    fn a_value_that_nothing_uses_is_dropped_at_once() {
        let mut plan = chain(3);
        plan.steps[2].inputs = vec![1];
        plan.steps.iter_mut().for_each(|step| step.spent.clear());
        plan.find_spent();
        let spent: Vec<_> = plan.steps.iter().map(|step| &step.spent[..]).collect();
        assert_eq!(spent, [&[0][..], &[2], &[1]]);
    }
}
