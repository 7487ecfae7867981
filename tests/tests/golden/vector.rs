//! A vector: what is changed in a pair of valid files, and the verdict on the result.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A verifying key file, a proof file that it verifies, and changes to either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Set {
    pub key: Value,
    pub proof: Value,
    pub vectors: Vec<Vector>,
}

/// The file that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum File {
    Key,
    Proof,
}

/// Changes to the valid files and what must come of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    pub name: String,
    /// Values by JSON pointer, put in place of what is there or added.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<File, Map<String, Value>>,
    /// JSON pointers of what is taken away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remove: BTreeMap<File, Vec<String>>,
    /// Texts in place of a whole file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub text: BTreeMap<File, String>,
    pub valid: bool,
    /// The refusal's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What a valid proof is said to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Value>,
}

impl Vector {
    pub fn valid(name: impl Into<String>, facts: Value) -> Self {
        Self {
            name: name.into(),
            valid: true,
            facts: Some(facts),
            ..Self::default()
        }
    }

    pub fn refused(name: impl Into<String>, error: &str) -> Self {
        Self {
            name: name.into(),
            error: Some(error.into()),
            ..Self::default()
        }
    }

    pub fn with(mut self, file: File, pointer: &str, value: impl Into<Value>) -> Self {
        let set = self.set.entry(file).or_default();
        set.insert(pointer.into(), value.into());
        self
    }

    pub fn without(mut self, file: File, pointer: &str) -> Self {
        self.remove.entry(file).or_default().push(pointer.into());
        self
    }

    pub fn in_place(mut self, file: File, text: impl Into<String>) -> Self {
        self.text.insert(file, text.into());
        self
    }

    /// The texts of the changed key and the changed proof.
    pub fn files(&self, set: &Set) -> [String; 2] {
        [(File::Key, &set.key), (File::Proof, &set.proof)].map(|(file, valid)| {
            if let Some(text) = self.text.get(&file) {
                return text.clone();
            }
            let mut value = valid.clone();
            for (pointer, new) in self.set.get(&file).into_iter().flatten() {
                let (parent, name) = pointer.rsplit_once('/').unwrap();
                let parent = value.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                parent.insert(name.into(), new.clone());
            }
            for pointer in self.remove.get(&file).into_iter().flatten() {
                let (parent, name) = pointer.rsplit_once('/').unwrap();
                let parent = value.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                parent.remove(name).unwrap();
            }
            value.to_string()
        })
    }
}
