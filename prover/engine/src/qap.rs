//! A circuit as a quadratic arithmetic program, evaluated at one point.

use bellman::{Circuit, ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;
use ff::PrimeField;

/// Sparse columns of one of the matrices A, B, C: for each constraint its terms.
#[derive(Default)]
struct Matrix {
    /// Where each constraint's terms end.
    ends: Vec<usize>,
    terms: Vec<(Variable, Scalar)>,
}

impl Matrix {
    fn push(&mut self, combination: &LinearCombination<Scalar>) {
        self.terms.extend_from_slice(combination.as_ref());
        self.ends.push(self.terms.len());
    }

    /// `sum_k matrix[k][wire] * lagrange[k]` for every wire, public inputs first.
    fn evaluate(&self, lagrange: &[Scalar], inputs: usize, wires: usize) -> Vec<Scalar> {
        let mut sums = vec![Scalar::zero(); wires];
        let mut start = 0;
        for (&end, value) in self.ends.iter().zip(lagrange) {
            for (variable, coefficient) in &self.terms[start..end] {
                let wire = match variable.get_unchecked() {
                    Index::Input(index) => index,
                    Index::Aux(index) => inputs + index,
                };
                sums[wire] += coefficient * value;
            }
            start = end;
        }
        sums
    }
}

/// A circuit's matrices, and the setup's constraint `input * 0 = 0` for every public input,
/// the constant one included.
#[derive(Default)]
pub(crate) struct Qap {
    inputs: usize,
    aux: usize,
    a: Matrix,
    b: Matrix,
    c: Matrix,
}

/// The polynomials of every wire at one point, public inputs first.
pub(crate) struct Evaluated {
    pub a: Vec<Scalar>,
    pub b: Vec<Scalar>,
    pub c: Vec<Scalar>,
}

impl Qap {
    /// Synthesises without a witness.
    pub fn of<C: Circuit<Scalar>>(circuit: C) -> Result<Self, SynthesisError> {
        let mut this = Self::default();
        this.alloc_input(|| "", || Ok(Scalar::one()))?;
        circuit.synthesize(&mut this)?;
        for i in 0..this.inputs {
            let input = Variable::new_unchecked(Index::Input(i));
            this.enforce(|| "", |lc| lc + input, |lc| lc, |lc| lc);
        }
        Ok(this)
    }

    /// Number of public inputs, the constant one included.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Size of the evaluation domain: the least power of two that holds the constraints.
    ///
    /// # Errors
    /// [`SynthesisError::PolynomialDegreeTooLarge`] beyond the field's roots of unity.
    pub fn domain(&self) -> Result<usize, SynthesisError> {
        let size = self.a.ends.len().next_power_of_two();
        match size.trailing_zeros() < Scalar::S {
            true => Ok(size),
            false => Err(SynthesisError::PolynomialDegreeTooLarge),
        }
    }

    /// Every wire's polynomials at `tau`.
    ///
    /// # Errors
    /// Those of [`domain`](Self::domain); [`SynthesisError::UnexpectedIdentity`] if `tau` is
    /// in the domain, which no random point is.
    pub fn evaluate(&self, tau: Scalar) -> Result<Evaluated, SynthesisError> {
        let lagrange = lagrange(tau, self.domain()?, self.a.ends.len())?;
        let wires = self.inputs + self.aux;
        let evaluate = |matrix: &Matrix| matrix.evaluate(&lagrange, self.inputs, wires);
        Ok(Evaluated {
            a: evaluate(&self.a),
            b: evaluate(&self.b),
            c: evaluate(&self.c),
        })
    }
}

/// `tau^size - 1`, zero where `tau` is in the domain.
pub(crate) fn vanishing(tau: Scalar, size: usize) -> Scalar {
    tau.pow_vartime(&[size as u64, 0, 0, 0]) - Scalar::one()
}

/// The first `count` Lagrange polynomials of a domain of `size` points at `tau`:
/// `L_k(tau) = w^k (tau^size - 1) / (size (tau - w^k))`.
fn lagrange(tau: Scalar, size: usize, count: usize) -> Result<Vec<Scalar>, SynthesisError> {
    let root =
        (size.trailing_zeros()..Scalar::S).fold(Scalar::ROOT_OF_UNITY, |root, _| root.square());
    let points: Vec<Scalar> =
        std::iter::successors(Some(Scalar::one()), |point| Some(point * root))
            .take(count)
            .collect();
    let mut differences: Vec<Scalar> = points.iter().map(|point| tau - point).collect();
    invert(&mut differences)?;
    let size_inverse: Option<Scalar> = Scalar::from(size as u64).invert().into();
    let factor = vanishing(tau, size) * size_inverse.ok_or(SynthesisError::UnexpectedIdentity)?;
    let value = |(point, inverse): (&Scalar, &Scalar)| point * inverse * factor;
    Ok(points.iter().zip(&differences).map(value).collect())
}

/// Inverts all, none of which may be zero, with one inversion (Montgomery 1987).
fn invert(elements: &mut [Scalar]) -> Result<(), SynthesisError> {
    let mut products = Vec::with_capacity(elements.len());
    let mut product = Scalar::one();
    for element in elements.iter() {
        products.push(product);
        product *= element;
    }
    let inverse: Option<Scalar> = product.invert().into();
    let mut inverse = inverse.ok_or(SynthesisError::UnexpectedIdentity)?;
    for (element, before) in elements.iter_mut().zip(products).rev() {
        let own = *element;
        *element = inverse * before;
        inverse *= own;
    }
    Ok(())
}

impl ConstraintSystem<Scalar> for Qap {
    type Root = Self;

    fn alloc<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.aux += 1;
        Ok(Variable::new_unchecked(Index::Aux(self.aux - 1)))
    }

    fn alloc_input<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.inputs += 1;
        Ok(Variable::new_unchecked(Index::Input(self.inputs - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        self.a.push(&a(LinearCombination::zero()));
        self.b.push(&b(LinearCombination::zero()));
        self.c.push(&c(LinearCombination::zero()));
    }

    fn push_namespace<NR, N>(&mut self, _: N)
    where
        NR: Into<String>,
        N: FnOnce() -> NR,
    {
    }

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
