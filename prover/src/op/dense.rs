//! Products with a parameter matrix: what tract's EinSum makes of MatMul and Gemm.

use assay_gadgets::{Error, Int, Signed, System, packed};

use super::{
    Attributes, Fact, Operator, Problem, SIGNED_TERMS, Value, ints, one, product_bounds, sum_bounds,
    tensor,
};
use crate::cost::{Cost, signed_bits};
use crate::import::{Builder, Contraction, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// `[..., k]` times the transpose of parameters `[n, k]`, plus parameters `[n]`: `[..., n]`.
#[derive(Clone, Debug)]
pub(crate) struct Dense {
    /// The tensor of the weights.
    pub weights: usize,
    /// The tensor of the biases, at the scale of the products.
    pub bias: Option<usize>,
}

impl Operator for Dense {
    const NAME: &'static str = "dense";
    const SUMMARY: &'static str = "product with a matrix of parameters, plus parameters";
    const ONNX: &'static [&'static str] = &["MatMul", "Gemm", "Einsum"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let weights = attributes.small("weights")? as usize;
        let bias = match attributes.optional("bias").as_deref() {
            None => None,
            Some(&[bias]) if (0..1 << 20).contains(&bias) => Some(bias as usize),
            Some(_) => return Err("its attribute \"bias\" names one tensor".into()),
        };
        Ok(Self { weights, bias })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("weights", [self.weights as i64]);
        if let Some(bias) = self.bias {
            attributes.set("bias", [bias as i64]);
        }
    }

    fn infer(&self, inputs: &[&Fact], tensors: &[Fact]) -> Result<Fact, Problem> {
        let (input, weights) = (one(inputs)?, tensor(tensors, self.weights)?);
        let (&[n, k], Some((&last, outer))) = (&weights.shape[..], input.shape.split_last()) else {
            return Err("it takes an input of rank 1 or more and weights of rank 2".into());
        };
        if last != k {
            return Err(format!(
                "its weights have {k} columns, its input has {last}"
            ));
        }
        let (lo, hi) = product_bounds((input.lo, input.hi), (weights.lo, weights.hi))?;
        let (mut lo, mut hi) = product_bounds((lo, hi), (k as i128, k as i128))?;
        if let Some(bias) = self.bias {
            let bias = tensor(tensors, bias)?;
            if bias.shape != [n] {
                return Err(format!("its bias has shape {:?}, not [{n}]", bias.shape));
            }
            (lo, hi) = sum_bounds((lo, hi), (bias.lo, bias.hi))?;
        }
        let shape = [outer, &[n]].concat();
        let bits = signed_bits(lo, hi);
        let fact = Fact::new(shape, (lo, hi), SIGNED_TERMS);
        Ok(Fact { bits, ..fact })
    }

    fn cost(&self, inputs: &[&Fact], result: &Fact, tensors: &[Fact]) -> Cost {
        let (input, weights) = (inputs[0], &tensors[self.weights]);
        let [n, k] = [0, 1].map(|axis| weights.shape[axis] as u64);
        let bias = self.bias.map_or(0, |bias| tensors[bias].terms);
        // A group of sums shares a product for each column.
        let in_group = u64::from(packed::CAPACITY_BITS / (result.bits + 1)).max(1);
        let columns = Cost::product(0, input.terms + 1).times(n.div_ceil(in_group)).times(k);
        let sum = Cost::range(result.bits) + Cost::terms(result.terms + bias + 1);
        let sums = (sum + Cost::terms(weights.terms).times(k)).times(n);
        (columns + sums).times(input.len() as u64 / k)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], tensors: &[Tensor<i128>]) -> Vec<i128> {
        let weights = &tensors[self.weights];
        let k = weights.shape()[1];
        let bias = |i: usize| self.bias.map_or(0, |bias| tensors[bias].data()[i]);
        let row = |data: &[i128]| -> Vec<i128> {
            let product = |(i, row): (usize, &[i128])| {
                let sum: i128 = row.iter().zip(data).map(|(w, x)| w * x).sum();
                sum + bias(i)
            };
            weights.data().chunks(k).enumerate().map(product).collect()
        };
        inputs[0].data().chunks(k).flat_map(row).collect()
    }

    fn synthesize<CS: System>(
        &self,
        mut cs: CS,
        inputs: &[&Tensor<Value>],
        tensors: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let weights = &tensors[self.weights];
        let k = weights.shape()[1];
        let int = |signed: &Signed| signed.int().clone();
        let mut matrix: Vec<Vec<Int>> = weights
            .data()
            .chunks(k)
            .map(|row| row.iter().map(int).collect())
            .collect();
        // The bias is one more column, whose element of the vector is the constant 1.
        let one = Int::constant(1)?;
        if let Some(bias) = self.bias {
            for (row, bias) in matrix.iter_mut().zip(tensors[bias].data()) {
                row.push(int(bias));
            }
        }
        let mut results = Vec::new();
        for (i, row) in inputs[0].data().chunks(k).enumerate() {
            let mut vector = ints(row);
            vector.extend(self.bias.map(|_| one.clone()));
            let products = packed::products(cs.namespace(|| format!("row {i}")), &matrix, &vector)?;
            results.extend(products.into_iter().map(|sum| Value::Signed(Box::new(sum))));
        }
        Ok(results)
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let Some(contraction) = Contraction::of(node)? else {
            return Ok(None);
        };
        let following = contraction.following_bias(node);
        let bias = following.as_ref().map(|(_, bias)| &bias[..]);
        let operand = builder.dense(&node.input(contraction.data)?, &contraction, bias)?;
        let instead_of = following.map(|(sum, _)| sum);
        Ok(Some(Imported {
            operand,
            instead_of,
        }))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let weights = |n| (vec![n, 2], 4);
    let with = |bias| Dense { weights: 0, bias }.into();
    vec![
        // Two sums of 10 bits, two columns, one group.
        Example {
            op: with(None),
            inputs: vec![(vec![2], 5)],
            tensors: vec![weights(2)],
            constraints: [2 * 10 + 2; 2],
        },
        // The same of two rows; the bias needs no multiplication.
        Example {
            op: with(Some(1)),
            inputs: vec![(vec![2, 2], 5)],
            tensors: vec![weights(2), (vec![2], 6)],
            constraints: [2 * (2 * 10 + 2); 2],
        },
    ]
}
