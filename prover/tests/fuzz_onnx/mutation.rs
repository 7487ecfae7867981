//! What is done to a sound file: to its bytes, or to its messages.

use prost::Message;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension::Value};
use tract_onnx::pb::{GraphProto, ModelProto, NodeProto, TensorProto, type_proto};

use super::model::Random;

/// Integers at which something ends.
const EDGES: [i64; 16] = [
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    9,
    255,
    1 << 20,
    1 << 31,
    1 << 40,
    i64::MAX,
    i64::MIN,
    -2,
];
/// Floats at which something ends.
const FLOATS: [f32; 10] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e-30,
    1e30,
    f32::MAX,
    f32::MIN_POSITIVE,
    f32::NAN,
    f32::INFINITY,
];
const OPERATORS: [&str; 28] = [
    "MatMul",
    "Gemm",
    "Einsum",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Neg",
    "Relu",
    "Max",
    "Min",
    "Clip",
    "Reshape",
    "Flatten",
    "Squeeze",
    "Unsqueeze",
    "Transpose",
    "ArgMax",
    "Identity",
    "Dropout",
    "Cast",
    "Sigmoid",
    "Softmax",
    "LogSoftmax",
    "Constant",
    "Gather",
    "Loop",
    "Tanh",
];

fn pick<'a, T>(list: &'a mut [T], random: &mut Random) -> Option<&'a mut T> {
    let index = random.below(list.len());
    list.get_mut(index)
}

/// A file made of the seeds.
pub fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let seed = &seeds[random.below(seeds.len())];
    if random.below(4) == 0 {
        let other = &seeds[random.below(seeds.len())];
        return mutated_bytes(seed.clone(), other, random);
    }
    let mut model = ModelProto::decode(&seed[..]).unwrap();
    for _ in 0..=random.below(3) {
        mutate_model(&mut model, random);
    }
    model.encode_to_vec()
}

fn mutated_bytes(mut file: Vec<u8>, other: &[u8], random: &mut Random) -> Vec<u8> {
    for _ in 0..=random.below(4) {
        let len = file.len();
        let (at, to) = (random.below(len), random.below(len));
        match random.below(6) {
            0 if len > 0 => file[at] ^= 1 << random.below(8),
            1 if len > 0 => file[at] = random.next() as u8,
            2 => file.truncate(at),
            3 => drop(file.drain(at.min(to)..at.max(to).min(at.min(to) + 64))),
            4 => {
                let from = random.below(other.len());
                let part = other[from..].iter().take(random.below(200)).copied();
                file.splice(at..at, part);
            }
            _ => {
                let part: Vec<u8> = file[at.min(to)..at.max(to)]
                    .iter()
                    .take(64)
                    .copied()
                    .collect();
                file.splice(to..to, part);
            }
        }
    }
    file
}

fn mutate_model(model: &mut ModelProto, random: &mut Random) {
    let Some(graph) = &mut model.graph else {
        return;
    };
    match random.below(16) {
        0 => {
            if let Some(set) = pick(&mut model.opset_import, random) {
                set.version = random.below(30) as i64 - 2;
            }
        }
        1 | 2 => mutate_input(graph, random),
        3..=6 => {
            if let Some(tensor) = pick(&mut graph.initializer, random) {
                mutate_tensor(tensor, random);
            }
        }
        7..=12 => mutate_node(graph, random),
        13 => {
            let at = random.below(graph.node.len() + 1);
            let node = pick(&mut graph.node, random).cloned();
            graph.node.splice(at..at, node);
        }
        14 => {
            let at = random.below(graph.node.len());
            graph.node.drain(at..(at + 1).min(graph.node.len()));
        }
        _ => insert_node(graph, random),
    }
}

/// A node between another one and what uses it.
fn insert_node(graph: &mut GraphProto, random: &mut Random) {
    let at = random.below(graph.node.len());
    let Some(node) = graph.node.get_mut(at) else {
        return;
    };
    let Some(output) = node.output.first_mut() else {
        return;
    };
    let inserted = format!("inserted{}", random.below(1000));
    let output = std::mem::replace(output, inserted.clone());
    let mut input = vec![inserted];
    let other = pick(&mut graph.initializer, random).map(|tensor| tensor.name.clone());
    input.extend(other.filter(|_| random.below(2) == 0));
    let operator = OPERATORS[random.below(OPERATORS.len())];
    graph.node.insert(
        at + 1,
        NodeProto {
            op_type: operator.into(),
            input,
            output: vec![output],
            ..NodeProto::default()
        },
    );
}

fn mutate_input(graph: &mut GraphProto, random: &mut Random) {
    let input = pick(&mut graph.input, random);
    let kind = input.and_then(|input| input.r#type.as_mut()?.value.as_mut());
    let Some(type_proto::Value::TensorType(tensor)) = kind else {
        return;
    };
    let Some(shape) = &mut tensor.shape else {
        return;
    };
    let edge = EDGES[random.below(EDGES.len())];
    match random.below(5) {
        0 => tensor.elem_type = random.below(18) as i32,
        1 => drop(shape.dim.pop()),
        2 => shape.dim.insert(
            0,
            Dimension {
                value: Some(Value::DimValue(1)),
                ..Dimension::default()
            },
        ),
        3 => shape.dim.reverse(),
        _ => {
            if let Some(dimension) = pick(&mut shape.dim, random) {
                dimension.value = Some(Value::DimValue(edge));
            }
        }
    }
}

fn mutate_tensor(tensor: &mut TensorProto, random: &mut Random) {
    let edge = EDGES[random.below(EDGES.len())];
    let float = FLOATS[random.below(FLOATS.len())].to_le_bytes();
    match random.below(9) {
        0 => tensor.data_type = random.below(18) as i32,
        1 => drop(tensor.dims.pop()),
        2 => tensor.dims.push(1),
        3 => tensor.dims.reverse(),
        4 => tensor
            .raw_data
            .truncate(random.below(tensor.raw_data.len() + 1)),
        5 => {
            if let Some(dimension) = pick(&mut tensor.dims, random) {
                *dimension = edge;
            }
        }
        6 => {
            if let Some(integer) = pick(&mut tensor.int64_data, random) {
                *integer = edge;
            }
        }
        _ => {
            let elements = tensor.raw_data.len() / 4;
            let at = 4 * random.below(elements);
            if let Some(bytes) = tensor.raw_data.get_mut(at..at + 4) {
                bytes.copy_from_slice(&float);
            }
        }
    }
}

fn mutate_node(graph: &mut GraphProto, random: &mut Random) {
    let mut names: Vec<String> = graph.initializer.iter().map(|t| t.name.clone()).collect();
    names.extend(graph.node.iter().flat_map(|node| node.output.clone()));
    names.extend(graph.input.iter().map(|input| input.name.clone()));
    names.push(String::new());
    let Some(node) = pick(&mut graph.node, random) else {
        return;
    };
    let edge = EDGES[random.below(EDGES.len())];
    let float = FLOATS[random.below(FLOATS.len())];
    let name = names[random.below(names.len())].clone();
    match random.below(10) {
        0 | 1 => node.op_type = OPERATORS[random.below(OPERATORS.len())].into(),
        2 => node.input.reverse(),
        3 => node.input.push(name),
        4 => drop(node.input.pop()),
        5 | 6 => {
            if let Some(input) = pick(&mut node.input, random) {
                *input = name;
            }
        }
        7 => {
            if let Some(output) = pick(&mut node.output, random) {
                *output = name;
            }
        }
        _ => {
            let Some(attribute) = pick(&mut node.attribute, random) else {
                return;
            };
            match random.below(5) {
                0 => attribute.i = edge,
                1 => attribute.f = float,
                2 => {
                    if let Some(integer) = pick(&mut attribute.ints, random) {
                        *integer = edge;
                    }
                }
                3 => attribute.s.reverse(),
                _ => attribute.ints.push(edge),
            }
        }
    }
}
