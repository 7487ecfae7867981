//! Sums of groups of points: what every multiplication here is made of.

use crate::addition::{Addition, BATCH, Term, add};
use crate::curve::{Curve, Point, PointOf};

/// Groups of terms, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    terms: Vec<Term>,
    /// Where each group's terms end.
    ends: Vec<usize>,
}

impl Groups {
    /// No groups yet, with room for some.
    pub fn with_capacity(terms: usize, groups: usize) -> Self {
        Self {
            terms: Vec::with_capacity(terms),
            ends: Vec::with_capacity(groups),
        }
    }

    /// Of terms in the order of their groups.
    pub fn new(terms: Vec<Term>, ends: Vec<usize>) -> Self {
        debug_assert!(ends.is_sorted() && ends.last().is_none_or(|&end| end == terms.len()));
        Self { terms, ends }
    }

    /// Adds a group.
    pub fn push(&mut self, terms: impl IntoIterator<Item = Term>) {
        self.terms.extend(terms);
        self.ends.push(self.terms.len());
    }

    /// The sum of each group's terms, which are of `points`: rounds that add neighbours
    /// until one is left of each group.
    pub fn sum<C: Curve>(&self, points: &[PointOf<C>]) -> Vec<PointOf<C>> {
        let mut sums = vec![Point::identity(); self.ends.len()];
        let mut start = 0;
        let mut left = Vec::new();
        for (group, &end) in self.ends.iter().enumerate() {
            match end - start {
                0 => {}
                1 => sums[group] = self.terms[start].of::<C>(points),
                length => left.push(Run {
                    group,
                    start,
                    length,
                }),
            }
            start = end;
        }
        let mut halved = halve::<C>(points, |index| self.terms[index], &mut left, Vec::new());
        let mut spare = Vec::new();
        while !left.is_empty() {
            left.retain(|run| {
                if run.length == 1 {
                    sums[run.group] = halved[run.start];
                }
                run.length > 1
            });
            let next = halve::<C>(&halved, Term::positive, &mut left, spare);
            spare = std::mem::replace(&mut halved, next);
        }
        sums
    }
}

/// What is left of a group: a run of points.
struct Run {
    group: usize,
    start: usize,
    length: usize,
}

/// Adds the neighbours of each run, and moves the runs to where their sums are. `sums` lends
/// its memory.
fn halve<C: Curve>(
    points: &[PointOf<C>],
    term: impl Fn(usize) -> Term,
    runs: &mut [Run],
    mut sums: Vec<PointOf<C>>,
) -> Vec<PointOf<C>> {
    let total = runs.iter().map(|run| run.length.div_ceil(2)).sum();
    if sums.len() < total {
        sums.resize(total, Point::identity());
    }
    let mut additions = Vec::with_capacity(BATCH.min(total));
    let mut next = 0;
    for run in runs {
        let start = next;
        for pair in 0..run.length / 2 {
            additions.push(Addition {
                left: term(run.start + 2 * pair),
                right: term(run.start + 2 * pair + 1),
                sum: next as u32,
            });
            next += 1;
            if additions.len() == BATCH {
                add::<C>(points, &additions, &mut sums);
                additions.clear();
            }
        }
        if run.length % 2 == 1 {
            sums[next] = term(run.start + run.length - 1).of::<C>(points);
            next += 1;
        }
        (run.start, run.length) = (start, next - start);
    }
    if !additions.is_empty() {
        add::<C>(points, &additions, &mut sums);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::G1;
    use bls12_381::{G1Affine, G1Projective, Scalar};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn sums_are_those_of_the_group(
            groups in prop::collection::vec(prop::collection::vec((0..9u32, any::<bool>()), 0..20), 0..9)
        ) {
            let multiple = |k: u32| G1Affine::from(G1Projective::generator() * Scalar::from(u64::from(k)));
            let points: Vec<_> = (0..9).map(|k| G1::from_affine(&multiple(k))).collect();
            let mut all = Groups::default();
            for group in &groups {
                all.push(group.iter().map(|&(index, negative)| Term::new(index, negative)));
            }
            let sums = all.sum::<G1>(&points);
            prop_assert_eq!(sums.len(), groups.len());
            for (sum, group) in sums.iter().zip(&groups) {
                let signed = |&(k, negative): &(u32, bool)| if negative { -i64::from(k) } else { i64::from(k) };
                let total: i64 = group.iter().map(signed).sum();
                let point = G1Affine::from(G1Projective::generator() * Scalar::from(total.unsigned_abs()));
                let expected = if total < 0 { -point } else { point };
                prop_assert_eq!(G1::to_affine(sum), expected);
            }
        }
    }
}
