//! From the bytes of a file to tract's typed model, its sizes bounded at every step.

use std::sync::Arc;

use tract_onnx::pb::ModelProto;
use tract_onnx::prelude::{
    Framework, InferenceModel, InferenceModelExt, IntoRunnable, OutletId, RunnableModel, TDim,
    Tensor, TractResult, TypedFact, TypedModel, TypedOp,
};
use tract_onnx::tract_core::ops::einsum::EinSum;
use tract_onnx::tract_hir::infer::Factoid;
use tract_onnx::tract_hir::internal::DimLike;

use super::guard::{Trouble, guarded};
use super::names::{Names, Origin};
use super::{ImportError, check, protobuf, shape};
use crate::op::MAX_ELEMENTS;
use crate::tensor::product;

/// The most bytes of a file.
pub const MAX_MODEL_BYTES: usize = 16 << 20;
/// The most elements of all values of a row together.
const MAX_ALL_ELEMENTS: usize = 1 << 22;
/// The most multiplications in all products for a row.
const MAX_MULTIPLICATIONS: usize = 1 << 26;

/// tract's typed model of a file with one input and one output.
pub(crate) struct Loaded {
    model: TypedModel,
    order: Vec<usize>,
    input_shape: Vec<usize>,
    names: Names,
    /// Multiplications for a row.
    pub multiplications: usize,
}

/// Reads and checks a file whose rows have `features` values.
pub(super) fn load(onnx: &[u8], features: usize) -> Result<Loaded, ImportError> {
    if onnx.len() > MAX_MODEL_BYTES {
        let (found, most) = (onnx.len(), MAX_MODEL_BYTES);
        return Err(ImportError::TooLarge { found, most });
    }
    protobuf::check(onnx)?;
    let framework = tract_onnx::onnx();
    let mut proto = guarded(|| framework.proto_model_for_read(&mut &*onnx))?;
    let no_graph = || ImportError::unreadable("it has no graph");
    let graph = proto.graph.as_ref().ok_or_else(no_graph)?;
    let opset = check::operators(&proto, graph)?;
    check::graph(graph, opset)?;
    let input = shape::only_input(graph)?;
    let input_shape = shape::of_row(input, features)?;
    let input = input.name.clone();
    let names = Names::taken_from(&mut proto, &input, &input_shape, opset).ok_or_else(no_graph)?;
    let model = typed(&framework, &proto, &names)?;
    drop(proto);
    let multiplications = check_sizes(&model)?;
    let order = guarded(|| model.eval_order())?;
    if model.inputs.len() != 1 || model.outputs.len() != 1 {
        let problem = "tract finds other inputs or outputs than the file declares";
        return Err(ImportError::unreadable(problem));
    }
    Ok(Loaded {
        model,
        order,
        input_shape,
        names,
        multiplications,
    })
}

/// tract's typed model, with what it needn't compute left out.
fn typed(
    framework: &tract_onnx::Onnx,
    proto: &ModelProto,
    names: &Names,
) -> Result<TypedModel, ImportError> {
    let told = |trouble: Trouble| names.told(trouble);
    let inferred = guarded(|| {
        let mut model = framework.model_for_proto_model(proto)?;
        model.analyse(false)?;
        Ok(model)
    });
    let inferred = inferred.map_err(told)?;
    check_inferred_sizes(&inferred)?;
    let typed = guarded(|| inferred.into_typed()).map_err(told)?;
    check_sizes(&typed)?;
    guarded(|| typed.into_decluttered()).map_err(told)
}

/// Refuses shapes that would fill the memory once a value is computed.
fn check_inferred_sizes(model: &InferenceModel) -> Result<(), ImportError> {
    let outlets = model.nodes().iter().flat_map(|node| &node.outputs);
    let computed = outlets.filter(|outlet| outlet.fact.value.concretize().is_none());
    check_shapes(computed.filter_map(|outlet| {
        let shape = outlet.fact.shape.concretize()?;
        let dimension = |d: &TDim| d.to_usize().unwrap_or(usize::MAX);
        Some(shape.iter().map(dimension).collect())
    }))
}

/// The multiplications for a row, unless these or the elements are too many.
fn check_sizes(model: &TypedModel) -> Result<usize, ImportError> {
    let outlets = model.nodes().iter().flat_map(|node| &node.outputs);
    let computed = outlets.filter(|outlet| outlet.fact.konst.is_none());
    check_shapes(
        computed.filter_map(|outlet| outlet.fact.shape.as_concrete().map(<[usize]>::to_vec)),
    )?;
    let mut all = 0usize;
    for node in model.nodes() {
        let Some(einsum) = node.op_as::<EinSum>() else {
            continue;
        };
        let shapes: Vec<&[usize]> = node
            .inputs
            .iter()
            .filter_map(|&outlet| model.outlet_fact(outlet).ok()?.shape.as_concrete())
            .collect();
        all = all.saturating_add(multiplications(einsum, &shapes));
    }
    if all > MAX_MULTIPLICATIONS {
        let problem = format!(
            "it multiplies {all} times for a row, at most {MAX_MULTIPLICATIONS} are possible"
        );
        return Err(ImportError::unreadable(&problem));
    }
    Ok(all)
}

/// The product of the dimensions of all axes.
fn multiplications(einsum: &EinSum, shapes: &[&[usize]]) -> usize {
    let dimension = |axis: &tract_onnx::tract_core::axes::Axis| {
        let places = axis.inputs.iter().zip(shapes);
        let sizes = places.flat_map(|(places, shape)| places.iter().filter_map(|&p| shape.get(p)));
        sizes.copied().max().unwrap_or(1)
    };
    let all = einsum.axes.iter_all_axes().map(dimension);
    all.fold(1, usize::saturating_mul)
}

fn check_shapes(shapes: impl Iterator<Item = Vec<usize>>) -> Result<(), ImportError> {
    let mut all = 0usize;
    for shape in shapes {
        let elements = product(&shape).unwrap_or(usize::MAX);
        all = all.saturating_add(elements);
        if elements > MAX_ELEMENTS || all > MAX_ALL_ELEMENTS {
            return Err(ImportError::unreadable(&format!(
                "a value of shape {shape:?} is too large: a value has at most {MAX_ELEMENTS} \
                 elements, all of a row together {MAX_ALL_ELEMENTS}"
            )));
        }
    }
    Ok(())
}

impl Loaded {
    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.model.nodes().len()
    }

    /// The model's nodes and facts.
    pub fn model(&self) -> &TypedModel {
        &self.model
    }

    /// The node that is the input.
    pub fn input(&self) -> usize {
        self.model.inputs.first().map_or(0, |outlet| outlet.node)
    }

    /// The node that is the output.
    pub fn output(&self) -> usize {
        self.model.outputs.first().map_or(0, |outlet| outlet.node)
    }

    /// The input's dimensions for one row.
    pub fn input_shape(&self) -> &[usize] {
        &self.input_shape
    }

    /// The file's operator set.
    pub fn opset(&self) -> i64 {
        self.names.opset()
    }

    /// What a node comes from: its name in the file, and its operator there or else
    /// tract's.
    pub fn origin(&self, node: usize) -> (String, String) {
        let node = self.model.node(node);
        let own = || node.op.name().to_string();
        match self.names.origin(&node.name) {
            Some(Origin { name, operator }) => (name, operator.unwrap_or_else(own)),
            None => (node.name.clone(), own()),
        }
    }

    /// The nodes in an order in which each comes after those it uses.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The model with the value of every node in [`order`](Self::order) as an output.
    #[allow(clippy::type_complexity)]
    pub fn runnable(&self) -> Result<Arc<RunnableModel<TypedFact, Box<dyn TypedOp>>>, ImportError> {
        let outlets: Vec<OutletId> = self
            .order
            .iter()
            .map(|&node| OutletId::new(node, 0))
            .collect();
        let plan = guarded(|| {
            let mut model = self.model.clone();
            model.select_output_outlets(&outlets)?;
            model.into_optimized()?.into_runnable()
        });
        plan.map_err(|trouble| self.names.told(trouble))
    }
}

/// A tensor of numbers as floats.
pub(super) fn floats(tensor: &Tensor) -> Result<Vec<f64>, Trouble> {
    guarded(|| to_f64(tensor))
}

fn to_f64(tensor: &Tensor) -> TractResult<Vec<f64>> {
    let cast = tensor.cast_to::<f64>()?;
    Ok(cast.try_as_plain_ram()?.as_slice::<f64>()?.to_vec())
}
