//! What is refused before tract sees it: whatever isn't supported, and whatever would make
//! it fold constants into more memory than the file has.

use std::collections::{HashMap, HashSet};

use tract_onnx::pb::{AttributeProto, GraphProto, ModelProto, NodeProto};

use super::ImportError;
use super::error::shown;
use super::tensor::{self, MAX_RANK};
use crate::op::OPERATORS;

/// Operator sets in which every supported operator means the same.
const OPSETS: std::ops::RangeInclusive<i64> = 7..=25;
/// The most nodes of a file.
const MAX_NODES: usize = 1024;
/// The most inputs or outputs of a node.
const MAX_ARITY: usize = 8;
/// The most characters of an attribute.
const MAX_TEXT: usize = 64;
/// The most elements of all constants together that are computed from constants.
const MAX_FOLDED: usize = 1 << 22;
/// Operators that become no node: constants, what is passed through, and what may come last.
const OTHERS: [&str; 7] = [
    "Constant",
    "Identity",
    "Dropout",
    "Cast",
    "Sigmoid",
    "Softmax",
    "LogSoftmax",
];
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
/// Operators whose second input lists dimensions or axes.
const SHAPED: [&str; 3] = ["Reshape", "Squeeze", "Unsqueeze"];

/// The operator set of ONNX that a file is written for.
pub(super) fn opset(proto: &ModelProto) -> Result<i64, ImportError> {
    if !proto.functions.is_empty() {
        let problem = "it defines operators of its own: export it without functions";
        return Err(ImportError::unreadable(problem));
    }
    let mut of_onnx = proto
        .opset_import
        .iter()
        .filter(|set| matches!(set.domain.as_str(), "" | "ai.onnx"));
    let opset = of_onnx.next().map_or(0, |set| set.version);
    if of_onnx.any(|set| set.version != opset) || !OPSETS.contains(&opset) {
        let (first, last) = OPSETS.into_inner();
        return Err(ImportError::unreadable(&format!(
            "it is written for operator set {opset}: export it for one from {first} to {last}"
        )));
    }
    Ok(opset)
}

/// Checks a graph's tensors and nodes, and that each node uses what comes before it.
pub(super) fn graph(graph: &GraphProto, opset: i64) -> Result<(), ImportError> {
    if graph.node.len() > MAX_NODES {
        let found = graph.node.len();
        let problem = format!("it has {found} nodes, at most {MAX_NODES} are read");
        return Err(ImportError::unreadable(&problem));
    }
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
    let domain = match node.domain.as_str() {
        "" | "ai.onnx" => String::new(),
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
    /// Elements of those that no input has part in.
    constants: HashMap<&'a str, usize>,
    /// Elements of those that are computed.
    folded: usize,
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
            let elements = tensor::check(tensor)?;
            if values.constants.insert(&tensor.name, elements).is_some() {
                return Err(twice(&tensor.name));
            }
        }
        values.known.extend(values.constants.keys());
        Ok(values)
    }

    /// Checks a node, and adds what it computes.
    fn add(&mut self, node: &'a NodeProto, opset: i64) -> Result<(), ImportError> {
        let refuse = |problem: &str| Err(refused(node, opset, problem));
        let elements = check_node(node, opset)?;
        let named = |names: &'a [String]| {
            let names = names.iter().map(String::as_str);
            names.filter(|name| !name.is_empty()).collect::<Vec<_>>()
        };
        let (inputs, outputs) = (named(&node.input), named(&node.output));
        if let Some(missing) = inputs.iter().find(|input| !self.known.contains(*input)) {
            let missing = shown(missing);
            return refuse(&format!("nothing before it computes its input {missing:?}"));
        }
        if SHAPED.contains(&node.op_type.as_str())
            && let Some(shape) = inputs.get(1)
            && self.constants.get(shape).is_none_or(|&len| len > MAX_RANK)
        {
            return refuse(&format!(
                "its second input must be at most {MAX_RANK} constant integers: export the \
                 model with fixed shapes"
            ));
        }
        let is_constant = inputs
            .iter()
            .all(|input| self.constants.contains_key(input));
        if is_constant {
            if !FOLDABLE.contains(&node.op_type.as_str()) {
                return refuse("it computes on constants only: fold them before the export");
            }
            let first = inputs.first().and_then(|input| self.constants.get(input));
            let elements = first.copied().unwrap_or(elements);
            self.folded = self.folded.saturating_add(elements);
            if self.folded > MAX_FOLDED {
                return refuse("too much is computed on constants: fold them before the export");
            }
            self.constants
                .extend(outputs.iter().map(|&output| (output, elements)));
        }
        match outputs.iter().find(|output| !self.known.insert(output)) {
            Some(_) => refuse("its output has the name of another value: export the model again"),
            None => Ok(()),
        }
    }
}

/// Checks a node by itself; the elements that it holds.
fn check_node(node: &NodeProto, opset: i64) -> Result<usize, ImportError> {
    let operator = node.op_type.as_str();
    let is_onnx = matches!(node.domain.as_str(), "" | "ai.onnx");
    let mut supported = OPERATORS.iter().flat_map(|info| info.onnx).chain(&OTHERS);
    if !is_onnx || !supported.any(|&name| name == operator) {
        let problem = "this operator isn't supported: see `assay ops`";
        return Err(refused(node, opset, problem));
    }
    if node.input.len() > MAX_ARITY || node.output.len() > MAX_ARITY {
        let problem = format!("it has more than {MAX_ARITY} inputs or outputs");
        return Err(refused(node, opset, problem));
    }
    let mut names = HashSet::new();
    let mut elements = 1;
    for attribute in &node.attribute {
        if !names.insert(attribute.name.as_str()) {
            let problem = format!("it has attribute {:?} twice", shown(&attribute.name));
            return Err(refused(node, opset, problem));
        }
        check_attribute(attribute).map_err(|problem| refused(node, opset, problem))?;
        for tensor in attribute.t.iter().chain(&attribute.tensors) {
            elements = elements.max(tensor::check(tensor)?);
        }
        elements = elements.max(attribute.floats.len());
    }
    Ok(elements)
}

/// Checks an attribute; what is wrong with it.
fn check_attribute(attribute: &AttributeProto) -> Result<(), String> {
    let name = shown(&attribute.name);
    let has_graph = attribute.g.is_some() || !attribute.graphs.is_empty();
    let is_sparse = attribute.sparse_tensor.is_some() || !attribute.sparse_tensors.is_empty();
    if has_graph || is_sparse {
        return Err("it holds a graph or a sparse tensor".into());
    }
    let has_texts = !attribute.strings.is_empty() || attribute.s.len() > MAX_TEXT;
    if has_texts || !attribute.ref_attr_name.is_empty() {
        return Err(format!("its attribute {name:?} is no number"));
    }
    if attribute.ints.len() > MAX_RANK {
        return Err(format!(
            "its attribute {name:?} lists more than {MAX_RANK} numbers"
        ));
    }
    let mut floats = attribute.floats.iter().chain([&attribute.f]);
    if !floats.all(|x| x.is_finite()) {
        return Err(format!(
            "its attribute {name:?} holds a number that isn't finite"
        ));
    }
    let mut axes = attribute.ints.clone();
    axes.sort_unstable();
    if attribute.name == "perm" && !axes.into_iter().eq(0..attribute.ints.len() as i64) {
        return Err("its attribute \"perm\" is no order of axes".into());
    }
    Ok(())
}
