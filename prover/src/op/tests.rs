//! Every operator's examples under the soundness harness, with and without the bits of its
//! inputs: native evaluation against circuit, results within their facts, counts pinned.

use assay_gadgets::harness::{Counter, Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Linear, Signed, stages};

use super::*;

/// An operator on inputs of certain shapes and widths.
pub(super) struct Example {
    /// What is applied.
    pub op: Op,
    /// Shape, and bits of the signed integers, of each input.
    pub inputs: Vec<(Vec<usize>, u32)>,
    /// Shape, and bits of the signed integers, of each parameter tensor.
    pub tensors: Vec<(Vec<usize>, u32)>,
    /// Constraints beyond the range checks of inputs and parameters: where the inputs'
    /// bits aren't at hand, and where they are.
    pub constraints: [usize; 2],
}

/// All integers, those of the inputs first.
type Witness = Vec<i128>;

impl Example {
    fn widths(&self) -> impl Iterator<Item = u32> + '_ {
        let each = |(shape, bits): &(Vec<usize>, u32)| {
            std::iter::repeat_n(*bits, shape.iter().product::<usize>())
        };
        self.inputs.iter().chain(&self.tensors).flat_map(each)
    }

    /// What is known of integers of so many bits, which may come with these.
    fn fact(&(ref shape, bits): &(Vec<usize>, u32), with_bits: bool) -> Fact {
        let half = 1i128 << (bits - 1);
        let fact = Fact::new(shape.clone(), (-half, half - 1), u64::from(bits) + 1);
        Fact {
            bits: if with_bits { bits } else { 0 },
            ..fact
        }
    }

    /// What is known of the result, and what it costs at most.
    fn infer(&self, with_bits: bool) -> (Fact, Cost) {
        let facts = |list: &[(Vec<usize>, u32)], with_bits| -> Vec<Fact> {
            list.iter().map(|one| Self::fact(one, with_bits)).collect()
        };
        let (inputs, tensors) = (facts(&self.inputs, with_bits), facts(&self.tensors, true));
        let inputs: Vec<&Fact> = inputs.iter().collect();
        let fact = self.op.infer(&inputs, &tensors).unwrap();
        let cost = self.op.cost(&inputs, &fact, &tensors);
        (fact, cost)
    }

    /// Cuts a list into the inputs and the tensors.
    fn cut<T: Clone>(&self, list: &[T]) -> (Vec<Tensor<T>>, Vec<Tensor<T>>) {
        let mut rest = list;
        let mut take = |(shape, _): &(Vec<usize>, u32)| {
            let (own, others) = rest.split_at(shape.iter().product());
            rest = others;
            Tensor::new(shape.clone(), own.to_vec()).unwrap()
        };
        let inputs = self.inputs.iter().map(&mut take).collect();
        (inputs, self.tensors.iter().map(&mut take).collect())
    }

    fn evaluate(&self, witness: &Witness) -> Vec<i128> {
        let (inputs, tensors) = self.cut(witness);
        self.op
            .evaluate(&inputs.iter().collect::<Vec<_>>(), &tensors)
    }

    /// The extremes, zeros, and some that look random.
    fn witnesses(&self) -> Vec<Witness> {
        let half = |bits: u32| 1i128 << (bits - 1);
        let each = |f: &mut dyn FnMut(u32) -> i128| self.widths().map(f).collect();
        let mut state = 1u64;
        let mut random = |bits: u32| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i128::from(state >> 20) % (2 * half(bits)) - half(bits)
        };
        let mut sign = false;
        vec![
            each(&mut |_| 0),
            each(&mut |bits| half(bits) - 1),
            each(&mut |bits| -half(bits)),
            each(&mut |bits| {
                sign = !sign;
                if sign { half(bits) - 1 } else { -half(bits) }
            }),
            each(&mut random),
            each(&mut random),
        ]
    }

    fn allocate<CS: System>(
        &self,
        mut cs: CS,
        witness: Option<&Witness>,
    ) -> Result<Vec<Signed>, Error> {
        let alloc = |(i, bits): (usize, u32)| {
            let cs = cs.namespace(|| format!("integer {i}"));
            Signed::alloc(cs, witness.map(|witness| witness[i]), bits)
        };
        self.widths().enumerate().map(alloc).collect()
    }

    fn build<CS: System>(
        &self,
        with_bits: bool,
        cs: &mut CS,
        witness: Option<&Witness>,
    ) -> Result<Ports, Error> {
        let all = self.allocate(&mut *cs, witness)?;
        let (inputs, tensors) = self.cut(&all);
        let value = |signed: &Signed| match with_bits {
            true => Ok::<_, Error>(Value::Signed(Box::new(signed.clone()))),
            false => Ok(Value::Int(signed.int().clone())),
        };
        let inputs = inputs
            .iter()
            .map(|input| input.try_map(value))
            .collect::<Result<Vec<_>, _>>()?;
        let inputs: Vec<&Tensor<Value>> = inputs.iter().collect();
        let results = self
            .op
            .synthesize(cs.namespace(|| "operator"), &inputs, &tensors)?;
        let (fact, _) = self.infer(with_bits);
        assert_eq!(results.len(), fact.len());
        for result in &results {
            let int = result.int();
            assert!(
                fact.lo <= int.lo() && int.hi() <= fact.hi,
                "{int:?} beyond {fact:?}"
            );
            assert!(terms(int.linear()) <= fact.terms, "{int:?}, {fact:?}");
        }
        let linear = |int: &Int| int.linear().clone();
        Ok(Ports {
            inputs: all.iter().map(|signed| linear(signed.int())).collect(),
            outputs: results.iter().map(|result| linear(result.int())).collect(),
        })
    }

    /// What the harness finds wrong, if anything.
    fn run(&self, with_bits: bool) -> Option<String> {
        let name = format!("{:?}, bits at hand: {with_bits}", self.op);
        let (fact, _) = self.infer(with_bits);
        let mut harness = Harness::new(name, |cs: &mut Recorder, witness: Option<&Witness>| {
            Ok(self.build(with_bits, cs, witness)?)
        });
        for witness in self.witnesses() {
            let results = self.evaluate(&witness);
            let within = |result: &i128| (fact.lo..=fact.hi).contains(result);
            assert!(results.iter().all(within), "{results:?} beyond {fact:?}");
            harness = harness.accept(witness, results.into_iter().map(scalar));
        }
        let allocated: u32 = self.widths().sum();
        let own = self.constraints[usize::from(with_bits)];
        let report = harness.expect_constraints(allocated as usize + own).run();
        (!report.is_clean()).then(|| report.to_string())
    }

    /// What the operator adds to a circuit, the terms of its result among it.
    fn counted(&self, with_bits: bool) -> Cost {
        let (mut alone, mut cs) = (Counter::new(), Counter::new());
        stages::by_bits(&mut alone, |system| self.allocate(system, None)).unwrap();
        let ports = stages::by_bits(&mut cs, |system| self.build(with_bits, system, None));
        let ports = ports.unwrap();
        let results: u64 = ports.outputs.iter().map(terms).sum();
        Cost {
            constraints: (cs.constraints() - alone.constraints()) as u64,
            terms: (cs.nonzeros() - alone.nonzeros()) as u64 + results,
            checked: 0,
        }
    }
}

/// The terms of a combination, the constant among them.
fn terms(linear: &Linear) -> u64 {
    linear.terms().len() as u64 + 1
}

#[test]
fn no_operator_costs_more_than_it_says() {
    for example in examples().into_iter().flat_map(|(_, examples)| examples) {
        for with_bits in [false, true] {
            let (counted, (_, cost)) = (example.counted(with_bits), example.infer(with_bits));
            let is_within = counted.constraints <= cost.constraints && counted.terms <= cost.terms;
            assert!(is_within, "{:?}: {counted:?}, {cost:?}", example.op);
        }
    }
}

#[test]
fn without_the_bits_of_its_inputs_an_example_has_the_constraints_that_its_cost_says() {
    for example in examples().into_iter().flat_map(|(_, examples)| examples) {
        let (counted, (_, cost)) = (example.counted(false), example.infer(false));
        assert_eq!(counted.constraints, cost.constraints, "{:?}", example.op);
    }
}

#[test]
fn every_operator_is_sound_on_its_examples() {
    let mut failures = Vec::new();
    for (name, examples) in examples() {
        assert!(!examples.is_empty(), "{name} has no examples");
        for example in examples {
            failures.extend([false, true].map(|with_bits| example.run(with_bits)));
        }
    }
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_operator_reads_back_from_its_node() {
    for (name, examples) in examples() {
        for example in examples {
            let node = example.op.to_node(vec![0]);
            assert_eq!(node.operator, name);
            let read = Op::read(&node).unwrap();
            assert_eq!(read.to_node(vec![0]), node);
            let mut more = node.clone();
            more.attributes.insert("colour".into(), vec![1]);
            assert!(Op::read(&more).unwrap_err().contains("colour"));
            for attribute in node.attributes.keys() {
                let mut less = node.clone();
                less.attributes.remove(attribute);
                let is_optional = attribute == "bias";
                assert_eq!(
                    Op::read(&less).is_ok(),
                    is_optional,
                    "{name} without {attribute}"
                );
            }
        }
    }
}

/// The difference is small, but neither product has an integer in a circuit.
#[test]
fn a_sum_of_terms_that_no_circuit_holds_is_refused() {
    let far = Fact::new(vec![1], (1 << 99, (1 << 99) + 1), 2);
    let difference = |factor: i64| {
        let multipliers = vec![factor, -factor];
        Op::from(Add { multipliers }).infer(&[&far, &far], &[])
    };
    assert_eq!(difference(1).map(|fact| (fact.lo, fact.hi)), Ok((-1, 1)));
    assert!(difference(1 << 22).unwrap_err().contains("100 bits"));
}

#[test]
fn the_widest_arg_max_has_a_circuit() {
    let widest = Example {
        op: ArgMax.into(),
        inputs: vec![(vec![256], 101)],
        tensors: vec![],
        constraints: [0; 2],
    };
    let (counted, (_, cost)) = (widest.counted(false), widest.infer(false));
    assert_eq!(counted.constraints, cost.constraints);
}

#[test]
fn an_operator_that_does_not_exist_is_refused() {
    let mut node = Op::from(Positive).to_node(vec![0]);
    node.operator = "divine".into();
    assert!(Op::read(&node).unwrap_err().contains("assay ops"));
}

#[test]
fn names_are_told_apart() {
    let mut names: Vec<&str> = OPERATORS.iter().map(|info| info.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), OPERATORS.len());
}

#[test]
fn operators_refuse_what_they_are_not_defined_on() {
    let fact = |shape: &[usize]| Fact::new(shape.to_vec(), (-8, 7), 5);
    let (vector, matrix, single) = (fact(&[4]), fact(&[2, 4]), fact(&[1]));
    let dense = |bias| Op::from(Dense { weights: 0, bias });
    let add = |multipliers: &[i64]| {
        Op::from(Add {
            multipliers: multipliers.to_vec(),
        })
    };
    let wide = Fact {
        lo: -1 << 99,
        ..vector.clone()
    };
    let refused: [(Op, Vec<&Fact>, Vec<Fact>); 17] = [
        (dense(None), vec![&single], vec![matrix.clone()]),
        (dense(None), vec![&vector], vec![vector.clone()]),
        (dense(None), vec![&vector], vec![]),
        (dense(None), vec![&vector, &vector], vec![matrix.clone()]),
        (
            dense(Some(1)),
            vec![&vector],
            vec![matrix.clone(), vector.clone()],
        ),
        (dense(Some(1)), vec![&vector], vec![matrix.clone()]),
        (
            Multiply { factors: 0 }.into(),
            vec![&vector],
            vec![matrix.clone()],
        ),
        (
            Offset { offsets: 0 }.into(),
            vec![&matrix],
            vec![vector.clone()],
        ),
        (add(&[1, 1]), vec![&vector], vec![]),
        (add(&[1, 1]), vec![&vector, &matrix], vec![]),
        (add(&[]), vec![], vec![]),
        (add(&[i64::MAX, i64::MAX]), vec![&wide; 2], vec![]),
        (Reshape { shape: vec![3] }.into(), vec![&vector], vec![]),
        (
            Transpose {
                permutation: vec![0, 0],
            }
            .into(),
            vec![&matrix],
            vec![],
        ),
        (Extend { constants: vec![1] }.into(), vec![&matrix], vec![]),
        (ArgMax.into(), vec![&single], vec![]),
        (Bucket { width: 0 }.into(), vec![&single], vec![]),
    ];
    for (op, inputs, tensors) in refused {
        assert!(op.infer(&inputs, &tensors).is_err(), "{op:?}");
    }
    let classes = Op::from(ArgMax).infer(&[&fact(&[257])], &[]);
    assert!(classes.unwrap_err().contains("2 to 256 classes"));
    let many = Op::from(Positive).infer(&[&vector], &[]);
    assert!(many.is_err());
    let shift = Op::from(Rescale { shift: 120 }).infer(&[&vector], &[]);
    assert!(shift.is_err());
    let affine = Affine {
        multipliers: vec![1, 2],
        offsets: vec![0],
    };
    assert!(Op::from(affine).infer(&[&vector], &[]).is_err());
    let huge = Fact::new(vec![1 << 21], (0, 1), 2);
    let reshape = Reshape {
        shape: vec![1 << 20, 2],
    };
    assert!(
        Op::from(reshape)
            .infer(&[&huge], &[])
            .unwrap_err()
            .contains("elements")
    );
}
