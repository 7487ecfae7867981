//! A node's attributes, taken out one by one so that none is overlooked.

use std::collections::BTreeMap;

use assay_protocol::prediction::Node;

use super::Problem;
use crate::tensor::MAX_RANK;

/// Integers by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes(BTreeMap<String, Vec<i64>>);

impl From<&Node> for Attributes {
    fn from(node: &Node) -> Self {
        Self(node.attributes.clone())
    }
}

impl Attributes {
    /// The node with these attributes.
    pub fn into_node(self, operator: &str, inputs: Vec<u32>) -> Node {
        Node {
            operator: operator.into(),
            inputs,
            attributes: self.0,
        }
    }

    /// Sets an attribute.
    pub fn set(&mut self, name: &str, integers: impl IntoIterator<Item = i64>) {
        self.0.insert(name.into(), integers.into_iter().collect());
    }

    /// Sets an attribute of places or dimensions, all far below 2^63.
    pub fn set_sizes(&mut self, name: &str, sizes: &[usize]) {
        self.set(name, sizes.iter().map(|&size| size as i64));
    }

    /// Takes an attribute that may be left out.
    pub fn optional(&mut self, name: &str) -> Option<Vec<i64>> {
        self.0.remove(name)
    }

    /// Takes an attribute.
    pub fn list(&mut self, name: &str) -> Result<Vec<i64>, Problem> {
        self.optional(name)
            .ok_or_else(|| format!("it needs the attribute {name:?}"))
    }

    /// Takes an attribute of one integer.
    pub fn integer(&mut self, name: &str) -> Result<i64, Problem> {
        match self.list(name)?[..] {
            [integer] => Ok(integer),
            _ => Err(format!("its attribute {name:?} is one integer")),
        }
    }

    /// Takes an attribute of one small integer that isn't negative.
    pub fn small(&mut self, name: &str) -> Result<u32, Problem> {
        let integer = self.integer(name)?;
        let small = u32::try_from(integer).ok().filter(|&small| small < 1 << 20);
        small.ok_or_else(|| format!("its attribute {name:?} can't be {integer}"))
    }

    /// Takes an attribute of places or dimensions.
    pub fn sizes(&mut self, name: &str) -> Result<Vec<usize>, Problem> {
        let list = self.list(name)?;
        if list.len() > MAX_RANK {
            let found = list.len();
            return Err(format!(
                "its attribute {name:?} lists {found} axes, a value has at most {MAX_RANK}"
            ));
        }
        let size = |&integer: &i64| {
            let size = usize::try_from(integer).ok();
            size.ok_or_else(|| format!("its attribute {name:?} can't hold {integer}"))
        };
        list.iter().map(size).collect()
    }

    /// Refuses attributes that nobody took.
    pub fn finish(self) -> Result<(), Problem> {
        match self.0.keys().next() {
            Some(name) => {
                let name: String = name.chars().take(40).collect();
                Err(format!("it has no attribute {name:?}"))
            }
            None => Ok(()),
        }
    }
}
