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

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

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
    /// The batches of matrices that have the same wires in the same places.
    places: HashMap<u64, Vec<usize>>,
}

/// One matrix with its vectors.
pub(crate) struct Batch {
    /// `[rows, columns]`.
    matrix: Vec<Vec<Int>>,
    products: Vec<Product>,
}

/// `sums = matrix vector`.
struct Product {
    path: String,
    vector: Vec<Int>,
    sums: Vec<Int>,
    /// Bits of the differences of true and claimed sums.
    bits: Vec<u32>,
}

impl Batches {
    /// None so far, and none is taken until [`open`](Self::open).
    pub(crate) fn new() -> Self {
        Self {
            is_open: false,
            terms: 0,
            batches: Vec::new(),
            places: HashMap::new(),
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

    /// Keeps a product, where that is asked for and it isn't too large; the differences of its
    /// rows have so many bits. Says whether it did.
    pub(crate) fn keep(
        &mut self,
        path: String,
        matrix: &[Vec<Int>],
        vector: &[Int],
        sums: &[Int],
        bits: &[u32],
    ) -> bool {
        let own = terms(vector) + terms(sums);
        if !self.is_open || self.terms + own > MAX_TERMS {
            return false;
        }
        let Some(place) = self.place(matrix, own) else {
            return false;
        };
        self.terms += own;
        self.batches[place].products.push(Product {
            path,
            vector: vector.to_vec(),
            sums: sums.to_vec(),
            bits: bits.to_vec(),
        });
        true
    }

    /// The batch of this very matrix: the same combinations of the same wires. A new one
    /// where there is none, if there is room for it beside `more` terms.
    fn place(&mut self, matrix: &[Vec<Int>], more: usize) -> Option<usize> {
        let places = self.places.entry(wires_hash(matrix)).or_default();
        let batches = &mut self.batches;
        let found = places
            .iter()
            .find(|&&place| same_matrix(&batches[place].matrix, matrix));
        if found.is_some() {
            return found.copied();
        }
        let own: usize = matrix.iter().map(|row| terms(row)).sum();
        if self.terms + own + more > MAX_TERMS {
            return None;
        }
        self.terms += own;
        places.push(batches.len());
        batches.push(Batch {
            matrix: matrix.to_vec(),
            products: Vec::new(),
        });
        places.last().copied()
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
            let Product {
                vector, sums, bits, ..
            } = product;
            packed::enforce_groups(cs, &self.matrix, vector, sums, bits)?;
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
            let elements: Vec<Linear> = self.elements(j).cloned().collect();
            polynomial::evaluate(
                cs.namespace(|| format!("element {j}")),
                &elements,
                challenge,
            )
        });
        let vector = vector.collect::<Result<Vec<_>, _>>()?;
        for group in groups(&self.bits()) {
            let mut cs = cs.namespace(|| group.name());
            let sums = self.sums(&group);
            let sum = polynomial::evaluate(cs.namespace(|| "sums"), &sums, challenge)?;
            packed::enforce_group(cs, &group, &self.matrix, &vector, sum)?;
        }
        Ok(())
    }

    fn columns(&self) -> usize {
        self.matrix.first().map_or(0, Vec::len)
    }

    /// Bits that hold every row's difference, whichever the vector.
    fn bits(&self) -> Vec<u32> {
        let mut most = vec![0; self.matrix.len()];
        for product in &self.products {
            for (most, &bits) in most.iter_mut().zip(&product.bits) {
                *most = bits.max(*most);
            }
        }
        most
    }

    /// Element `j` of every vector.
    fn elements(&self, j: usize) -> impl Iterator<Item = &Linear> {
        self.products
            .iter()
            .map(move |product| product.vector[j].linear())
    }

    /// A group's packed sum of every product.
    fn sums(&self, group: &Group) -> Vec<Linear> {
        let sums = self.products.iter();
        sums.map(|product| group.pack(&product.sums)).collect()
    }

    /// Constraints of every product by itself.
    fn constraints(&self) -> usize {
        let of_product = |product: &Product| -> usize {
            let is_constant = |j: usize| product.vector[j].linear().is_constant();
            let groups = groups(&product.bits);
            groups
                .map(|group| self.multiplications(&group, is_constant))
                .sum()
        };
        self.products.iter().map(of_product).sum()
    }

    /// Constraints of all products together.
    fn constraints_with_challenge(&self) -> usize {
        let vector = (0..self.columns()).map(|j| polynomial::cost(self.elements(j)));
        let vector: Vec<(usize, bool)> = vector.collect();
        let of_group = |group: Group| {
            let (combining, _) = polynomial::cost(&self.sums(&group));
            combining + self.multiplications(&group, |j| vector[j].1)
        };
        let combining: usize = vector.iter().map(|(constraints, _)| constraints).sum();
        combining + groups(&self.bits()).map(of_group).sum::<usize>()
    }

    /// Multiplications of a group by a vector some of whose elements are constant.
    fn multiplications(&self, group: &Group, is_constant: impl Fn(usize) -> bool) -> usize {
        let rows = self.matrix.get(group.rows()).unwrap_or_default();
        let columns = (0..self.columns()).filter(|&j| {
            let is_wire = |row: &Vec<Int>| !row[j].linear().is_constant();
            !is_constant(j) && rows.iter().any(is_wire)
        });
        columns.count().max(1)
    }
}

fn terms(ints: &[Int]) -> usize {
    let terms = ints.iter().map(|int| int.linear().terms().len() + OVERHEAD);
    terms.sum()
}

/// A hash of which wires occur where. Coefficients are left to [`same_matrix`]: a field
/// element's canonical bytes take a multiplication.
fn wires_hash(matrix: &[Vec<Int>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for row in matrix {
        row.len().hash(&mut hasher);
        for int in row {
            let wires = int.linear().terms().iter().map(|(wire, _)| wire);
            wires.for_each(|wire| wire.hash(&mut hasher));
        }
    }
    hasher.finish()
}

fn same_matrix(a: &[Vec<Int>], b: &[Vec<Int>]) -> bool {
    let same_row =
        |a: &[Int], b: &[Int]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_int(a, b));
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_row(a, b))
}

fn same_int(a: &Int, b: &Int) -> bool {
    let (left, right) = (a.linear(), b.linear());
    left.terms() == right.terms() && left.offset() == right.offset()
}
