//! What is refused before tract sees it: whatever isn't supported, and whatever would make
//! it fold constants into more memory than the file has.

mod node;

use std::collections::{HashMap, HashSet};

use tract_onnx::pb::{GraphProto, ModelProto, NodeProto, TensorProto};

use node::{check_list, check_node, check_operator};

use super::ImportError;
use super::error::shown;
use super::tensor;

/// Operator sets in which every supported operator means the same.
const OPSETS: std::ops::RangeInclusive<i64> = 7..=25;
/// The most nodes of a file.
const MAX_NODES: usize = 1024;
/// The most elements of all constants together that are computed from constants.
const MAX_FOLDED: usize = 1 << 22;
/// Operators that may work on constants alone: their result is as large as their input.
const FOLDABLE: [&str; 7] = [
    "Constant",
    "Identity",
    "Cast",
    "Reshape",
    "Squeeze",
    "Unsqueeze",
    "Transpose",
];

/// Checks that every operator of a file is supported; the operator set of ONNX that it is
/// written for.
pub(super) fn operators(proto: &ModelProto, graph: &GraphProto) -> Result<i64, ImportError> {
    if !proto.functions.is_empty() {
        let problem = "it defines operators of its own: export it without functions";
        return Err(ImportError::unreadable(problem));
    }
    if graph.node.len() > MAX_NODES {
        let found = graph.node.len();
        let problem = format!("it has {found} nodes, at most {MAX_NODES} are read");
        return Err(ImportError::unreadable(&problem));
    }
    let versions = |domain| {
        let sets = proto.opset_import.iter();
        let sets = sets.filter(move |set| plain_domain(&set.domain) == domain);
        sets.map(|set| set.version)
    };
    for node in &graph.node {
        let opset = versions(plain_domain(&node.domain)).next().unwrap_or(0);
        check_operator(node, opset)?;
    }
    let opset = versions("").next().unwrap_or(0);
    if versions("").any(|other| other != opset) || !OPSETS.contains(&opset) {
        let (first, last) = OPSETS.into_inner();
        return Err(ImportError::unreadable(&format!(
            "it is written for operator set {opset}: export it for one from {first} to {last}"
        )));
    }
    Ok(opset)
}

/// The domain of ONNX's own operators has two names.
fn plain_domain(domain: &str) -> &str {
    if domain == "ai.onnx" { "" } else { domain }
}

/// Checks a graph's tensors and nodes, and that each node uses what comes before it.
pub(super) fn graph(graph: &GraphProto, opset: i64) -> Result<(), ImportError> {
    if !graph.sparse_initializer.is_empty() {
        let problem = "it has sparse initializers: store them dense";
        return Err(ImportError::unreadable(problem));
    }
    let mut values = Values::of(graph)?;
    for node in &graph.node {
        values.add(node, opset)?;
    }
    match &graph.output[..] {
        [output] if values.known.contains(output.name.as_str()) => Ok(()),
        [_] => Err(ImportError::NoOutput),
        outputs => Err(ImportError::unreadable(&format!(
            "it has {} outputs: export it with one",
            outputs.len()
        ))),
    }
}

/// The error that refuses a node.
fn refused(node: &NodeProto, opset: i64, problem: impl Into<String>) -> ImportError {
    let domain = match plain_domain(&node.domain) {
        "" => String::new(),
        domain => format!("{domain}."),
    };
    ImportError::Node {
        node: shown(name(node)),
        operator: shown(&format!("{domain}{}", node.op_type)),
        opset,
        problem: problem.into(),
    }
}

/// A node's name, or else that of its first output.
pub(super) fn name(node: &NodeProto) -> &str {
    match (node.name.as_str(), node.output.first()) {
        ("", Some(output)) => output,
        (name, _) => name,
    }
}

/// The values of a graph, up to a node.
struct Values<'a> {
    known: HashSet<&'a str>,
    /// Those that no input has part in.
    constants: HashMap<&'a str, Constant>,
    /// Elements of all constants that are computed.
    folded: usize,
}

/// A value that no input has part in.
#[derive(Clone, Default)]
struct Constant {
    elements: usize,
    /// Its integers, where they may be dimensions or axes.
    list: Option<Vec<i64>>,
}

impl From<Vec<i64>> for Constant {
    fn from(list: Vec<i64>) -> Self {
        Self {
            elements: list.len(),
            list: Some(list),
        }
    }
}

impl Constant {
    fn of(tensor: &TensorProto) -> Result<Self, ImportError> {
        Ok(Self {
            elements: tensor::check(tensor)?,
            list: tensor::short_list(tensor),
        })
    }
}

impl<'a> Values<'a> {
    /// Inputs and initializers.
    fn of(graph: &'a GraphProto) -> Result<Self, ImportError> {
        let mut values = Self {
            known: HashSet::new(),
            constants: HashMap::new(),
            folded: 0,
        };
        let twice = |name: &str| {
            let name = shown(name);
            ImportError::unreadable(&format!("two of its values have the name {name:?}"))
        };
        for input in &graph.input {
            if !values.known.insert(&input.name) {
                return Err(twice(&input.name));
            }
        }
        for tensor in &graph.initializer {
            let constant = Constant::of(tensor)?;
            if values.constants.insert(&tensor.name, constant).is_some() {
                return Err(twice(&tensor.name));
            }
        }
        values.known.extend(values.constants.keys());
        Ok(values)
    }

    /// Checks a node, and adds what it computes.
    fn add(&mut self, node: &'a NodeProto, opset: i64) -> Result<(), ImportError> {
        let refuse = |problem: &str| Err(refused(node, opset, problem));
        let own = check_node(node, opset)?;
        let named = |names: &'a [String]| {
            let names = names.iter().map(String::as_str);
            names.filter(|name| !name.is_empty()).collect::<Vec<_>>()
        };
        let (inputs, outputs) = (named(&node.input), named(&node.output));
        if let Some(missing) = inputs.iter().find(|input| !self.known.contains(*input)) {
            let missing = shown(missing);
            return refuse(&format!("nothing before it computes its input {missing:?}"));
        }
        if let Some(second) = inputs.get(1) {
            let list = self
                .constants
                .get(second)
                .and_then(|constant| constant.list.as_ref());
            check_list(&node.op_type, list).map_err(|problem| refused(node, opset, problem))?;
        }
        let is_constant = inputs
            .iter()
            .all(|input| self.constants.contains_key(input));
        if is_constant {
            if !FOLDABLE.contains(&node.op_type.as_str()) {
                return refuse("it computes on constants only: fold them before the export");
            }
            // What can be folded has the elements of its first input, in order if they are a
            // list; a type may change them.
            let first = inputs.first().and_then(|input| self.constants.get(input));
            let mut constant = first.cloned().unwrap_or(own);
            constant.list = constant.list.filter(|_| node.op_type != "Cast");
            self.folded = self.folded.saturating_add(constant.elements);
            if self.folded > MAX_FOLDED {
                return refuse("too much is computed on constants: fold them before the export");
            }
            self.constants
                .extend(outputs.iter().map(|&output| (output, constant.clone())));
        }
        match outputs.iter().find(|output| !self.known.insert(output)) {
            Some(_) => refuse("its output has the name of another value: export the model again"),
            None => Ok(()),
        }
    }
}
