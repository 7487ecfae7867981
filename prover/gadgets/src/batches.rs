//! Products of one matrix with several vectors, proved all together with a random challenge
//! (Freivalds, "Probabilistic machines can use less running time", IFIP 1977).
//!
//! For `m` vectors `v_r` and the claimed sums `s_r` of each, with a challenge `X` that is drawn
//! once all of them are fixed,
//!
//! ```text
//! M (sum_r X^(m-1-r) v_r) = sum_r X^(m-1-r) s_r
//! ```
//!
//! takes one product where the claims alone take `m`, and a constraint for each element of the
//! vectors and for each group of their sums to combine them.
//!
//! # Why it is sound
//! Rows of a group are packed as in [`packed`]: with a base B that is beyond every difference
//! `e_ri` of a true sum and the claimed one. A group's equation says that the polynomial in X
//! with the coefficients `c_r = sum_i B^i e_ri` is 0 at the challenge. The coefficients are
//! fixed before it, so but for a chance of `(m - 1) / 2^248` all of them are 0 modulo the
//! field's order, and as in [`packed`] every `e_ri` is then 0.
//!
//! [`packed`]: crate::packed

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::packed::{self, Group, groups};
use crate::{Error, Int, Linear, polynomial};

/// The most terms that are kept to the end of a circuit. What comes later is proved at once.
const MAX_TERMS: usize = 1 << 23;
/// What an integer takes beside its terms, in terms.
const OVERHEAD: usize = 4;

/// Products that are still to be proved.
pub struct Batches {
    is_open: bool,
    terms: usize,
    batches: Vec<Batch>,
}

/// One matrix with its vectors.
pub(crate) struct Batch {
    /// `[rows, columns]`.
    matrix: Vec<Vec<Int>>,
    /// The bits of every row's difference, for each vector at most so many.
    bits: Vec<u32>,
    products: Vec<Product>,
}

/// `sums = matrix vector`.
struct Product {
    path: String,
    vector: Vec<Int>,
    sums: Vec<Int>,
}

impl Batches {
    /// None so far, and none is taken until [`open`](Self::open).
    pub(crate) fn new() -> Self {
        Self {
            is_open: false,
            terms: 0,
            batches: Vec::new(),
        }
    }

    /// From here on products are kept to the end of the circuit, so that those with the same
    /// matrix are proved together. It pays where there are several of them.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Constraints of all of them, with a challenge where that takes fewer, or without one.
    pub fn constraints(&self, with_challenge: bool) -> usize {
        let of_batch = |batch: &Batch| match with_challenge {
            true => batch.constraints().min(batch.constraints_with_challenge()),
            false => batch.constraints(),
        };
        self.batches.iter().map(of_batch).sum()
    }

    /// Whether this product is to be kept.
    pub(crate) fn takes(&self, matrix: &[Vec<Int>], vector: &[Int], sums: &[Int]) -> bool {
        let matrix = match self.find(matrix) {
            Some(_) => 0,
            None => matrix.iter().map(|row| terms(row)).sum(),
        };
        self.is_open && self.terms + matrix + terms(vector) + terms(sums) <= MAX_TERMS
    }

    /// Keeps a product; the differences of its rows have so many bits.
    pub(crate) fn add(
        &mut self,
        path: String,
        matrix: &[Vec<Int>],
        vector: &[Int],
        sums: &[Int],
        bits: Vec<u32>,
    ) {
        self.terms += terms(vector) + terms(sums);
        let place = self.find(matrix).unwrap_or_else(|| {
            self.terms += matrix.iter().map(|row| terms(row)).sum::<usize>();
            self.batches.push(Batch {
                matrix: matrix.to_vec(),
                bits: vec![0; bits.len()],
                products: Vec::new(),
            });
            self.batches.len() - 1
        });
        let batch = &mut self.batches[place];
        for (most, bits) in batch.bits.iter_mut().zip(bits) {
            *most = bits.max(*most);
        }
        batch.products.push(Product {
            path,
            vector: vector.to_vec(),
            sums: sums.to_vec(),
        });
    }

    /// The batch of this very matrix: the same combinations of the same wires, with the same
    /// bounds.
    fn find(&self, matrix: &[Vec<Int>]) -> Option<usize> {
        self.batches
            .iter()
            .position(|batch| same_matrix(&batch.matrix, matrix))
    }

    /// Proves all of them, each by itself.
    pub(crate) fn enforce<CS>(self, cs: &mut CS) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        self.batches
            .into_iter()
            .try_for_each(|batch| batch.enforce(cs))
    }

    /// Proves those that take no fewer constraints with a challenge, and returns the others.
    pub(crate) fn enforce_small<CS>(self, cs: &mut CS) -> Result<Vec<Batch>, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let mut with_challenge = Vec::new();
        for batch in self.batches {
            match batch.constraints_with_challenge() < batch.constraints() {
                true => with_challenge.push(batch),
                false => batch.enforce(cs)?,
            }
        }
        Ok(with_challenge)
    }

    /// The path of the first product that the values given to wires don't meet.
    pub(crate) fn first_failure(
        &self,
        value: impl Fn(&Linear) -> Option<Scalar>,
    ) -> Option<String> {
        let mut products = self.batches.iter().flat_map(|batch| {
            batch
                .products
                .iter()
                .map(|product| (&batch.matrix, product))
        });
        let failure = products.find(|(matrix, product)| !product.holds(matrix, &value));
        failure.map(|(_, product)| product.path.clone())
    }
}

impl Product {
    /// Whether the sums are those of the product.
    fn holds(&self, matrix: &[Vec<Int>], value: impl Fn(&Linear) -> Option<Scalar>) -> bool {
        let of_row = |row: &Vec<Int>| {
            let mut terms = row.iter().zip(&self.vector);
            terms.try_fold(Scalar::zero(), |sum, (a, b)| {
                Some(sum + value(a.linear())? * value(b.linear())?)
            })
        };
        let holds = |(row, sum): (&Vec<Int>, &Int)| {
            let found = of_row(row);
            found.is_some() && found == value(sum.linear())
        };
        matrix.iter().zip(&self.sums).all(holds)
    }
}

impl Batch {
    fn enforce<CS>(&self, cs: &mut CS) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        for product in &self.products {
            let cs = cs.namespace(|| product.path.clone());
            packed::enforce_groups(cs, &self.matrix, &product.vector, &product.sums, &self.bits)?;
        }
        Ok(())
    }

    /// Proves all of it with a challenge that is drawn once all wires allocated so far are
    /// fixed.
    pub(crate) fn enforce_with_challenge<CS>(
        &self,
        mut cs: CS,
        challenge: &Linear,
    ) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let vector = (0..self.columns()).map(|j| {
            let elements = self.products.iter().map(|product| &product.vector[j]);
            let elements: Vec<Linear> = elements.map(Int::linear).cloned().collect();
            polynomial::evaluate(
                cs.namespace(|| format!("element {j}")),
                &elements,
                challenge,
            )
        });
        let vector = vector.collect::<Result<Vec<_>, _>>()?;
        for group in groups(&self.bits) {
            let mut cs = cs.namespace(|| group.name());
            let sums: Vec<Linear> = self
                .products
                .iter()
                .map(|product| group.pack(product.sums.iter()))
                .collect();
            let sum = polynomial::evaluate(cs.namespace(|| "sums"), &sums, challenge)?;
            packed::enforce_group(cs, &group, &self.matrix, &vector, sum)?;
        }
        Ok(())
    }

    fn columns(&self) -> usize {
        self.matrix.first().map_or(0, Vec::len)
    }

    /// Constraints of every product by itself.
    fn constraints(&self) -> usize {
        let is_constant = |product: &Product, j: usize| product.vector[j].linear().is_constant();
        let of_product = |product| {
            groups(&self.bits)
                .map(|group| self.products_of(&group, |j| is_constant(product, j)))
                .sum::<usize>()
        };
        self.products.iter().map(of_product).sum()
    }

    /// Constraints of all products together.
    fn constraints_with_challenge(&self) -> usize {
        let count = self.products.len();
        let is_constant = |j: usize| {
            let mut elements = self.products.iter().map(|product| &product.vector[j]);
            count == 1 && elements.all(|element| element.linear().is_constant())
        };
        let leading = |j: usize| {
            let first = self.products.first();
            first.is_some_and(|product| product.vector[j].linear().is_constant())
        };
        let combining =
            |is_leading_constant: bool| count.saturating_sub(1 + usize::from(is_leading_constant));
        let vector: usize = (0..self.columns()).map(|j| combining(leading(j))).sum();
        let of_group = |group: Group| combining(false) + self.products_of(&group, is_constant);
        vector + groups(&self.bits).map(of_group).sum::<usize>()
    }

    /// Multiplications of a group, where some elements of the vector are constant.
    fn products_of(&self, group: &Group, is_constant: impl Fn(usize) -> bool) -> usize {
        let columns = (0..self.columns()).filter(|&j| {
            let is_wire = |i: usize| !self.matrix[i][j].linear().is_constant();
            !is_constant(j) && group.rows().any(is_wire)
        });
        columns.count().max(1)
    }
}

fn terms(ints: &[Int]) -> usize {
    let terms = ints.iter().map(|int| int.linear().terms().len() + OVERHEAD);
    terms.sum()
}

fn same_matrix(a: &[Vec<Int>], b: &[Vec<Int>]) -> bool {
    let same_row =
        |a: &[Int], b: &[Int]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_int(a, b));
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_row(a, b))
}

fn same_int(a: &Int, b: &Int) -> bool {
    let (left, right) = (a.linear(), b.linear());
    left.terms() == right.terms() && left.offset() == right.offset() && a.bounds() == b.bounds()
}
