//! Several dot products with one vector, sharing their multiplications.

use std::ops::Range;

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::int::{combine, power_of_two, product_bounds};
use crate::range::bit_length;
use crate::{Error, Int, Linear, Signed, System};

/// Bits of the sums of a group, together: 2^253 is at most half the order of the field
/// (2^254.8).
pub const CAPACITY_BITS: u32 = 253;

/// Enforces `sums[i] = sum_j matrix[i][j] * vector[j]`, as integers, for every row `i`.
///
/// `matrix` is `[rows, columns]`, `vector` `[columns]`, `sums` `[rows]`. With `m` rows to
/// a group: `columns * ceil(rows / m)` constraints. A column whose entries in a group are
/// all constant, or whose vector element is, costs nothing; a group costs at least one. Where
/// the system keeps [batches](crate::batches), products with the same matrix cost less.
///
/// # Why one equation proves m rows
/// For a group with base B = 2^b the constraints say, modulo the field's order p,
///
/// ```text
/// sum_j (sum_i B^i matrix[i][j]) vector[j] = sum_i B^i sums[i],
/// ```
///
/// that is, sum_i B^i delta_i = 0 with delta_i = (true sum of row i) - `sums[i]`. Every
/// entry carries a proved interval; interval arithmetic over them bounds the true sum,
/// and with the proved interval of `sums[i]` it bounds delta_i. The base is chosen such
/// that |delta_i| <= B - 1 for all rows of the group, and m such that B^m <= p / 2. Then
/// |sum_i B^i delta_i| <= B^m - 1 < p, so the sum is 0 as an integer. Modulo B it leaves
/// delta_0, and |delta_0| < B, so delta_0 = 0; divide by B and go on with delta_1.
///
/// # Errors
/// [`Error::Length`] where shapes differ; [`Error::PackingTooWide`] where not even one
/// row fits.
pub fn enforce_products<CS>(
    mut cs: CS,
    matrix: &[Vec<Int>],
    vector: &[Int],
    sums: &[Int],
) -> Result<(), Error>
where
    CS: System,
{
    check_shape(matrix, vector, sums)?;
    let bits = matrix
        .iter()
        .zip(sums)
        .enumerate()
        .map(|(row, (entries, sum))| difference_bits(row, entries, vector, sum))
        .collect::<Result<Vec<_>, _>>()?;
    let path = cs.path();
    if cs.batches().keep(path, matrix, vector, sums, &bits) {
        return Ok(());
    }
    enforce_groups(cs, matrix, vector, sums, &bits)
}

/// The products, one group of rows after the other; the differences of rows have so many bits.
pub(crate) fn enforce_groups<CS>(
    mut cs: CS,
    matrix: &[Vec<Int>],
    vector: &[Int],
    sums: &[Int],
    bits: &[u32],
) -> Result<(), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let vector: Vec<Linear> = vector.iter().map(Int::linear).cloned().collect();
    for group in groups(bits) {
        let sum = group.pack(sums);
        let cs = cs.namespace(|| group.name());
        enforce_group(cs, &group, matrix, &vector, sum)?;
    }
    Ok(())
}

/// Allocates `sum_j matrix[i][j] * vector[j]` for every row `i`, each with its sign: the
/// bits of its range check, and [`enforce_products`].
///
/// The sums' bounds are those of the products, as the equations make them equal.
///
/// # Errors
/// Those of [`enforce_products`]; [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
pub fn products<CS>(mut cs: CS, matrix: &[Vec<Int>], vector: &[Int]) -> Result<Vec<Signed>, Error>
where
    CS: System,
{
    let mut sums = Vec::with_capacity(matrix.len());
    for (i, row) in matrix.iter().enumerate() {
        check_length(row, vector)?;
        let cs = cs.namespace(|| format!("sum {i}"));
        let (lo, hi) = sum_bounds(row, vector)?;
        let bits = bit_length(hi.max(!lo).max(0).unsigned_abs()) + 1;
        sums.push((Signed::alloc(cs, sum_value(row, vector)?, bits)?, (lo, hi)));
    }
    let ints: Vec<Int> = sums.iter().map(|(sum, _)| sum.int().clone()).collect();
    enforce_products(cs, matrix, vector, &ints)?;
    sums.into_iter()
        .map(|(sum, bounds)| sum.with_proved_bounds(bounds))
        .collect()
}

fn sum_bounds(row: &[Int], vector: &[Int]) -> Result<(i128, i128), Error> {
    let operation = "a packed product";
    let interval = row.iter().zip(vector).try_fold((0, 0), |(lo, hi), (a, b)| {
        let (least, greatest) = product_bounds(a.bounds(), b.bounds())?;
        Some((
            i128::checked_add(lo, least)?,
            i128::checked_add(hi, greatest)?,
        ))
    });
    interval.ok_or(Error::BoundTooLarge { operation })
}

fn sum_value(row: &[Int], vector: &[Int]) -> Result<Option<i128>, Error> {
    let operation = "a packed product";
    let mut sum = Some(0);
    for (a, b) in row.iter().zip(vector) {
        let product = combine(operation, a.value(), b.value(), i128::checked_mul)?;
        sum = combine(operation, sum, product, i128::checked_add)?;
    }
    Ok(sum)
}

/// Rows that share their multiplications.
pub(crate) struct Group {
    start: usize,
    /// The powers of the base: as many as rows.
    powers: Vec<Scalar>,
}

/// The groups of rows whose differences have so many bits, each as large as fits.
pub(crate) fn groups(bits: &[u32]) -> impl Iterator<Item = Group> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bits.get(start..).filter(|rest| !rest.is_empty())?;
        let group = Group::first(start, rest);
        start += group.powers.len();
        Some(group)
    })
}

impl Group {
    /// The group that starts here.
    fn first(start: usize, bits: &[u32]) -> Self {
        let (mut len, mut base_bits) = (0, 0);
        for (rows, &row_bits) in (1..).zip(bits) {
            let wider = base_bits.max(row_bits);
            if rows * wider > CAPACITY_BITS {
                break;
            }
            (len, base_bits) = (rows as usize, wider);
        }
        let base = power_of_two(base_bits);
        let powers = std::iter::successors(Some(Scalar::one()), |power| Some(power * base));
        let powers = powers.take(len.max(1)).collect();
        Self { start, powers }
    }

    /// The places of its rows.
    pub fn rows(&self) -> Range<usize> {
        self.start..self.start + self.powers.len()
    }

    /// Its namespace.
    pub fn name(&self) -> String {
        format!("rows {:?}", self.rows())
    }

    /// Of the integers for each row of the matrix those of the group's, packed.
    pub fn pack(&self, ints: &[Int]) -> Linear {
        self.pack_rows(ints, |int| int)
    }

    /// The same of what each row has.
    fn pack_rows<T>(&self, rows: &[T], int: impl Fn(&T) -> &Int) -> Linear {
        let own = rows.get(self.rows()).unwrap_or_default();
        let own = own.iter().map(|row| int(row).linear());
        Linear::sum(self.powers.iter().copied().zip(own))
    }
}

/// The least b with |delta| <= 2^b - 1, for the row's delta as above.
fn difference_bits(row: usize, entries: &[Int], vector: &[Int], sum: &Int) -> Result<u32, Error> {
    let too_wide = |bits| Error::PackingTooWide { row, bits };
    let interval = entries.iter().zip(vector).try_fold(
        (-sum.hi(), -sum.lo()),
        |(lo, hi): (i128, i128), (a, b)| {
            let (least, greatest) = product_bounds(a.bounds(), b.bounds())?;
            Some((lo.checked_add(least)?, hi.checked_add(greatest)?))
        },
    );
    let (lo, hi) = interval.ok_or(too_wide(i128::BITS))?;
    let bits = bit_length(lo.unsigned_abs().max(hi.unsigned_abs())).max(1);
    if bits > CAPACITY_BITS {
        return Err(too_wide(bits));
    }
    Ok(bits)
}

/// `sum_j column_j vector[j] = sum` for a group's packed columns and its packed sum.
pub(crate) fn enforce_group<CS>(
    mut cs: CS,
    group: &Group,
    matrix: &[Vec<Int>],
    vector: &[Linear],
    sum: Linear,
) -> Result<(), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    // What the last product is equal to, in parts: a sum at a time would take their square.
    let one = Scalar::one();
    let mut rest = vec![(one, sum)];
    let mut pending: Option<(Linear, &Linear)> = None;
    for (j, element) in vector.iter().enumerate() {
        let column = group.pack_rows(matrix, |row| &row[j]);
        if let Some(constant) = column.as_constant() {
            rest.push((-constant, element.clone()));
        } else if let Some(constant) = element.as_constant() {
            rest.push((-constant, column));
        } else if let Some((a, b)) = pending.replace((column, element)) {
            let product = multiply(cs.namespace(|| format!("column {j}")), &a, b)?;
            rest.push((-one, product));
        }
    }
    let rest = Linear::sum(rest.iter().map(|(factor, part)| (*factor, part)));
    match pending {
        Some((a, b)) => cs.enforce(|| "sums", |_| a.lc(), |_| b.lc(), |_| rest.lc()),
        None => rest.enforce_equal(cs, || "sums", &Linear::zero()),
    }
    Ok(())
}

fn multiply<CS>(mut cs: CS, a: &Linear, b: &Linear) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let value = a.value().zip(b.value()).map(|(a, b)| a * b);
    let product = Linear::alloc(&mut cs, || "product", value)?;
    cs.enforce(|| "product", |_| a.lc(), |_| b.lc(), |_| product.lc());
    Ok(product)
}

fn check_shape(matrix: &[Vec<Int>], vector: &[Int], sums: &[Int]) -> Result<(), Error> {
    if sums.len() != matrix.len() {
        return Err(Error::Length {
            operation: "a packed product",
            expected: matrix.len(),
            found: sums.len(),
        });
    }
    matrix.iter().try_for_each(|row| check_length(row, vector))
}

fn check_length(row: &[Int], vector: &[Int]) -> Result<(), Error> {
    if row.len() == vector.len() {
        return Ok(());
    }
    Err(Error::Length {
        operation: "a packed product",
        expected: vector.len(),
        found: row.len(),
    })
}
