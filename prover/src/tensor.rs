//! Elements in row-major order with a shape.

/// The most dimensions of a value.
pub const MAX_RANK: usize = 8;

/// `data` in row-major order; as many elements as the dimensions' product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor<T> {
    shape: Vec<usize>,
    data: Vec<T>,
}

impl<T> Tensor<T> {
    /// A tensor; `None` unless the number of elements is the product of the dimensions.
    pub fn new(shape: Vec<usize>, data: Vec<T>) -> Option<Self> {
        (product(&shape)? == data.len()).then_some(Self { shape, data })
    }

    /// A tensor of rank 1.
    pub fn vector(data: Vec<T>) -> Self {
        let shape = vec![data.len()];
        Self { shape, data }
    }

    /// Its dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Its elements.
    pub fn data(&self) -> &[T] {
        &self.data
    }

    /// Its elements, by value.
    pub fn into_data(self) -> Vec<T> {
        self.data
    }

    /// The same elements in another shape; `None` unless it has as many.
    pub fn reshaped(self, shape: &[usize]) -> Option<Self> {
        Self::new(shape.to_vec(), self.data)
    }

    /// Every element mapped, the shape kept.
    ///
    /// # Errors
    /// The first error of `map`.
    pub fn try_map<U, E>(&self, map: impl FnMut(&T) -> Result<U, E>) -> Result<Tensor<U>, E> {
        Ok(Tensor {
            shape: self.shape.clone(),
            data: self.data.iter().map(map).collect::<Result<_, _>>()?,
        })
    }
}

impl<T: Clone> Tensor<T> {
    /// The tensor with axis `permutation[i]` in place `i`; `None` unless that is a
    /// permutation of its axes.
    pub fn transposed(&self, permutation: &[usize]) -> Option<Self> {
        let shape = transposed_shape(&self.shape, permutation)?;
        let own = strides(&self.shape);
        let data = indices(&shape).map(|index| {
            let place: usize = index
                .iter()
                .zip(permutation)
                .map(|(i, &axis)| i * own[axis])
                .sum();
            self.data[place].clone()
        });
        let data = data.collect();
        Some(Self { shape, data })
    }
}

/// The dimensions in the order of `permutation`; `None` unless it is one.
pub fn transposed_shape(shape: &[usize], permutation: &[usize]) -> Option<Vec<usize>> {
    let mut axes = permutation.to_vec();
    axes.sort_unstable();
    let is_permutation = axes.iter().copied().eq(0..shape.len());
    is_permutation.then(|| permutation.iter().map(|&axis| shape[axis]).collect())
}

/// The product of dimensions, unless it overflows.
pub fn product(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1usize, |product, &d| product.checked_mul(d))
}

/// Whether a tensor of shape `small` can be repeated to shape `large`: the same rank, and
/// every dimension equal or 1.
pub fn broadcasts(small: &[usize], large: &[usize]) -> bool {
    small.len() == large.len() && small.iter().zip(large).all(|(&s, &l)| s == l || s == 1)
}

/// For every element of a tensor of shape `large`, the place in one of shape `small`, which
/// [`broadcasts`] to it.
pub fn broadcast_places(small: &[usize], large: &[usize]) -> Vec<usize> {
    let strides: Vec<usize> = strides(small)
        .iter()
        .zip(small)
        .map(|(&stride, &dimension)| if dimension == 1 { 0 } else { stride })
        .collect();
    indices(large)
        .map(|index| index.iter().zip(&strides).map(|(i, s)| i * s).sum())
        .collect()
}

fn strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis];
    }
    strides
}

/// Every index of a tensor, in row-major order.
fn indices(shape: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let count = shape.iter().product();
    (0..count).map(move |place| {
        let mut rest = place;
        let mut index = vec![0; shape.len()];
        for (digit, &dimension) in index.iter_mut().zip(shape).rev() {
            *digit = rest % dimension;
            rest /= dimension;
        }
        index
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn transposing_moves_axes() {
        let tensor = Tensor::new(vec![2, 3], (0..6).collect()).unwrap();
        let transposed = tensor.transposed(&[1, 0]).unwrap();
        assert_eq!(transposed.shape(), [3, 2]);
        assert_eq!(transposed.data(), [0, 3, 1, 4, 2, 5]);
        assert_eq!(transposed.transposed(&[1, 0]), Some(tensor.clone()));
        assert_eq!(tensor.transposed(&[0, 0]), None);
        assert_eq!(tensor.transposed(&[0]), None);
    }

    #[test]
    fn broadcasting_repeats_along_dimensions_of_1() {
        assert!(broadcasts(&[1, 3], &[2, 3]));
        assert!(!broadcasts(&[3], &[2, 3]));
        assert!(!broadcasts(&[2, 1], &[3, 3]));
        assert_eq!(broadcast_places(&[1, 3], &[2, 3]), [0, 1, 2, 0, 1, 2]);
        assert_eq!(broadcast_places(&[2, 1], &[2, 3]), [0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn a_shape_holds_as_many_elements_as_it_says() {
        assert_eq!(Tensor::new(vec![2, 2], vec![0; 3]), None);
        assert_eq!(Tensor::new(vec![usize::MAX, 2], vec![0; 3]), None);
        let tensor = Tensor::vector(vec![1, 2, 3, 4]);
        assert_eq!(tensor.reshaped(&[2, 2]).unwrap().shape(), [2, 2]);
    }
}
