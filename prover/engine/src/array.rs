//! Arrays of plain data that are owned or lie in a mapped file.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

use bytemuck::Pod;
use memmap2::Mmap;

/// An array, wherever it is.
pub(crate) enum Array<T> {
    /// In memory of its own.
    Owned(Vec<T>),
    /// In a mapped file, at a place that is aligned for `T` and a whole number of them.
    Mapped(Mapped<T>),
}

/// A part of a mapped file.
pub(crate) struct Mapped<T> {
    file: Arc<Mmap>,
    bytes: Range<usize>,
    element: PhantomData<T>,
}

impl<T: Pod> Array<T> {
    /// Bytes of a mapped file as an array; `None` if they aren't in the file, not aligned,
    /// or no whole number of elements.
    pub fn mapped(file: &Arc<Mmap>, bytes: Range<usize>) -> Option<Self> {
        bytemuck::try_cast_slice::<u8, T>(file.get(bytes.clone())?).ok()?;
        Some(Self::Mapped(Mapped {
            file: file.clone(),
            bytes,
            element: PhantomData,
        }))
    }
}

impl<T: Pod> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(elements) => elements,
            Self::Mapped(mapped) => bytemuck::cast_slice(&mapped.file[mapped.bytes.clone()]),
        }
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(elements: Vec<T>) -> Self {
        Self::Owned(elements)
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T: Pod + PartialEq> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Pod + Eq> Eq for Array<T> {}

impl<T: Pod> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of {}", self.len())
    }
}
