//! A circuit's constraints, each wire weighted with a random number and summed up: one
//! column each for A, B and C, however many constraints and wires there are.

use std::sync::Arc;

use bellman::domain::{self, EvaluationDomain};
use bellman::multicore::Worker;
use bellman::multiexp::{Exponent, FullDensity, multiexp};
use bellman::{Circuit, ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::{G1Affine, G1Projective, Scalar};
use group::Curve;
use group::prime::PrimeCurve;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;

use crate::EngineError;

/// `sum_i r_i a_ki` for every constraint `k`, and the same for B and for C, the latter for
/// public and private wires apart.
pub(crate) struct Combination {
    rng: ChaCha20Rng,
    inputs: Vec<Wire>,
    aux: Vec<Wire>,
    aux_weights: Vec<Scalar>,
    a: Vec<Scalar>,
    b: Vec<Scalar>,
    c_inputs: Vec<Scalar>,
    c_aux: Vec<Scalar>,
}

/// A wire's weight, and whether it occurs in A and in B.
struct Wire {
    weight: Scalar,
    in_a: bool,
    in_b: bool,
}

impl Combination {
    /// Synthesises without a witness, then adds the setup's constraint `input * 0 = 0` for
    /// every public input, the constant one included.
    pub(crate) fn of<C>(circuit: C, rng: &mut ChaCha20Rng) -> Result<Self, EngineError>
    where
        C: Circuit<Scalar>,
    {
        let mut this = Self {
            rng: rng.clone(),
            inputs: Vec::new(),
            aux: Vec::new(),
            aux_weights: Vec::new(),
            a: Vec::new(),
            b: Vec::new(),
            c_inputs: Vec::new(),
            c_aux: Vec::new(),
        };
        this.alloc_input(|| "", || Ok(Scalar::one()))?;
        circuit.synthesize(&mut this)?;
        for i in 0..this.inputs.len() {
            let input = Variable::new_unchecked(Index::Input(i));
            this.enforce(|| "", |lc| lc + input, |lc| lc, |lc| lc);
        }
        this.aux_weights = this.aux.iter().map(|wire| wire.weight).collect();
        let domain = this.domain();
        for column in [
            &mut this.a,
            &mut this.b,
            &mut this.c_inputs,
            &mut this.c_aux,
        ] {
            column.resize(domain, Scalar::zero());
        }
        Ok(this)
    }

    /// Size of the evaluation domain: the least power of two that holds the constraints.
    pub(crate) fn domain(&self) -> usize {
        self.a.len().next_power_of_two()
    }

    /// Number of public inputs, the constant one included.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs.len()
    }

    /// Number of private wires.
    pub(crate) fn aux(&self) -> usize {
        self.aux.len()
    }

    pub(crate) fn a(&self) -> &[Scalar] {
        &self.a
    }

    pub(crate) fn b(&self) -> &[Scalar] {
        &self.b
    }

    pub(crate) fn c_inputs(&self) -> &[Scalar] {
        &self.c_inputs
    }

    pub(crate) fn c_aux(&self) -> &[Scalar] {
        &self.c_aux
    }

    pub(crate) fn aux_weights(&self) -> &[Scalar] {
        &self.aux_weights
    }

    pub(crate) fn input_weights(&self) -> impl Iterator<Item = Scalar> + '_ {
        self.inputs.iter().map(|wire| wire.weight)
    }

    /// The wires that have a point in the A query, in its order: whether it is a public
    /// input, and its weight.
    pub(crate) fn a_wires(&self) -> impl Iterator<Item = (bool, Scalar)> + '_ {
        self.wires()
            .filter(|(_, wire)| wire.in_a)
            .map(|(input, wire)| (input, wire.weight))
    }

    /// The same for the B queries.
    pub(crate) fn b_wires(&self) -> impl Iterator<Item = (bool, Scalar)> + '_ {
        self.wires()
            .filter(|(_, wire)| wire.in_b)
            .map(|(input, wire)| (input, wire.weight))
    }

    fn wires(&self) -> impl Iterator<Item = (bool, &Wire)> {
        let inputs = self.inputs.iter().map(|wire| (true, wire));
        inputs.chain(self.aux.iter().map(|wire| (false, wire)))
    }

    /// `count` further random weights.
    pub(crate) fn weights(&self, count: usize) -> Result<Vec<Scalar>, EngineError> {
        let mut rng = crate::key::randomness()?;
        Ok((0..count).map(|_| weight(&mut rng)).collect())
    }

    fn wire(&mut self, variable: Variable) -> Option<&mut Wire> {
        match variable.get_unchecked() {
            Index::Input(index) => self.inputs.get_mut(index),
            Index::Aux(index) => self.aux.get_mut(index),
        }
    }

    fn new_wire(&mut self) -> Wire {
        Wire {
            weight: weight(&mut self.rng),
            in_a: false,
            in_b: false,
        }
    }

    /// The weighted sums over public and over private wires; `note` sees each wire.
    fn sum(&mut self, lc: &LinearCombination<Scalar>, note: fn(&mut Wire)) -> [Scalar; 2] {
        let mut sums = [Scalar::zero(); 2];
        for &(variable, coefficient) in lc.as_ref() {
            let private = usize::from(matches!(variable.get_unchecked(), Index::Aux(_)));
            if coefficient == Scalar::zero() {
                continue;
            }
            if let Some(wire) = self.wire(variable) {
                note(wire);
                sums[private] += wire.weight * coefficient;
            }
        }
        sums
    }
}

/// A random number of 128 bits.
fn weight(rng: &mut ChaCha20Rng) -> Scalar {
    Scalar::from_raw([rng.next_u64(), rng.next_u64(), 0, 0])
}

impl ConstraintSystem<Scalar> for Combination {
    type Root = Self;

    fn alloc<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let wire = self.new_wire();
        self.aux.push(wire);
        Ok(Variable::new_unchecked(Index::Aux(self.aux.len() - 1)))
    }

    fn alloc_input<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let wire = self.new_wire();
        self.inputs.push(wire);
        Ok(Variable::new_unchecked(Index::Input(self.inputs.len() - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        let zero = LinearCombination::zero;
        let [a_inputs, a_aux] = self.sum(&a(zero()), |wire| wire.in_a = true);
        let [b_inputs, b_aux] = self.sum(&b(zero()), |wire| wire.in_b = true);
        let [c_inputs, c_aux] = self.sum(&c(zero()), |_| ());
        self.a.push(a_inputs + a_aux);
        self.b.push(b_inputs + b_aux);
        self.c_inputs.push(c_inputs);
        self.c_aux.push(c_aux);
    }

    fn push_namespace<NR: Into<String>, N: FnOnce() -> NR>(&mut self, _: N) {}

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self {
        self
    }
}

/// `sum r_i points_i`.
pub(crate) fn combine<G>(
    worker: &Worker,
    points: &Arc<Vec<G::Affine>>,
    r: &[Scalar],
) -> Result<G, EngineError>
where
    G: PrimeCurve<Scalar = Scalar>,
{
    let exponents = Arc::new(r.iter().map(Exponent::from).collect::<Vec<_>>());
    Ok(multiexp(worker, (Arc::clone(points), 0), FullDensity, exponents).wait()?)
}

/// `sum r_i points_(i + skip)`.
pub(crate) fn combine_prefix(
    worker: &Worker,
    points: &Arc<Vec<G1Affine>>,
    skip: usize,
    r: &[Scalar],
) -> Result<G1Affine, EngineError> {
    let exponents = Arc::new(r.iter().map(Exponent::from).collect::<Vec<_>>());
    let sum: G1Projective =
        multiexp(worker, (Arc::clone(points), skip), FullDensity, exponents).wait()?;
    Ok(sum.to_affine())
}

/// The polynomial with these values on the domain, evaluated at the tau of `powers`.
pub(crate) fn interpolate(
    worker: &Worker,
    values: &[Scalar],
    powers: &Arc<Vec<G1Affine>>,
) -> Result<G1Projective, EngineError> {
    let values = values.iter().copied().map(domain::Scalar).collect();
    let mut polynomial = EvaluationDomain::from_coeffs(values)?;
    polynomial.ifft(worker);
    let coefficients: Vec<Scalar> = polynomial.into_coeffs().into_iter().map(|c| c.0).collect();
    combine(worker, powers, &coefficients)
}
