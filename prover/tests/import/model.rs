//! Small ONNX models, made of tract's own messages.
#![allow(dead_code)]

use prost::Message;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension};
use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto,
    TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto::AttributeType, type_proto,
};

/// The name of every model's input.
pub const INPUT: &str = "x";

/// A model with an input of float32, whose output is that of its last node.
#[derive(Clone)]
pub struct Model {
    pub proto: ModelProto,
}

impl Model {
    /// Of an input with these dimensions; one that is negative is a symbol.
    pub fn new(shape: &[i64]) -> Self {
        let graph = GraphProto {
            name: "test".into(),
            input: vec![value(INPUT, shape)],
            ..GraphProto::default()
        };
        let proto = ModelProto {
            ir_version: 8,
            graph: Some(graph),
            ..ModelProto::default()
        };
        Self { proto }.opset(17)
    }

    /// Written for this operator set.
    pub fn opset(mut self, version: i64) -> Self {
        let domain = String::new();
        self.proto.opset_import = vec![OperatorSetIdProto { domain, version }];
        self
    }

    pub fn graph(&mut self) -> &mut GraphProto {
        self.proto.graph.as_mut().unwrap()
    }

    /// With an initializer of floats.
    pub fn floats(mut self, name: &str, shape: &[i64], data: &[f32]) -> Self {
        self.graph().initializer.push(floats(name, shape, data));
        self
    }

    /// With an initializer of int64.
    pub fn integers(mut self, name: &str, data: &[i64]) -> Self {
        let tensor = TensorProto {
            name: name.into(),
            dims: vec![data.len() as i64],
            data_type: DataType::Int64 as i32,
            int64_data: data.to_vec(),
            ..TensorProto::default()
        };
        self.graph().initializer.push(tensor);
        self
    }

    /// With a node; inputs and outputs are separated by blanks, `-` is one left out.
    pub fn node(self, operator: &str, inputs: &str, outputs: &str) -> Self {
        self.node_with(operator, inputs, outputs, vec![])
    }

    /// With a node that has attributes.
    pub fn node_with(
        mut self,
        operator: &str,
        inputs: &str,
        outputs: &str,
        attribute: Vec<AttributeProto>,
    ) -> Self {
        let names = |text: &str| {
            let names = text.split_whitespace();
            names.map(|name| name.replace('-', "")).collect::<Vec<_>>()
        };
        let graph = self.graph();
        let output = names(outputs);
        graph.output = vec![value(&output[0], &[])];
        graph.node.push(NodeProto {
            name: format!("{}_{}", operator.to_lowercase(), graph.node.len()),
            op_type: operator.into(),
            input: names(inputs),
            output,
            attribute,
            ..NodeProto::default()
        });
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        self.proto.encode_to_vec()
    }
}

/// An input or output of float32.
pub fn value(name: &str, shape: &[i64]) -> ValueInfoProto {
    let dimension = |&size: &i64| Dimension {
        value: Some(match size {
            0.. => dimension::Value::DimValue(size),
            _ => dimension::Value::DimParam("batch".into()),
        }),
        ..Dimension::default()
    };
    let shape = TensorShapeProto {
        dim: shape.iter().map(dimension).collect(),
    };
    let tensor = type_proto::Tensor {
        elem_type: DataType::Float as i32,
        shape: Some(shape),
    };
    ValueInfoProto {
        name: name.into(),
        r#type: Some(TypeProto {
            value: Some(type_proto::Value::TensorType(tensor)),
            ..TypeProto::default()
        }),
        ..ValueInfoProto::default()
    }
}

/// A tensor of float32, as raw bytes.
pub fn floats(name: &str, shape: &[i64], data: &[f32]) -> TensorProto {
    TensorProto {
        name: name.into(),
        dims: shape.to_vec(),
        data_type: DataType::Float as i32,
        raw_data: data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        ..TensorProto::default()
    }
}

/// An attribute of one integer.
pub fn int(name: &str, i: i64) -> AttributeProto {
    AttributeProto {
        name: name.into(),
        r#type: AttributeType::Int as i32,
        i,
        ..AttributeProto::default()
    }
}

/// An attribute of integers.
pub fn ints(name: &str, ints: &[i64]) -> AttributeProto {
    AttributeProto {
        name: name.into(),
        r#type: AttributeType::Ints as i32,
        ints: ints.to_vec(),
        ..AttributeProto::default()
    }
}

/// An attribute of one float.
pub fn float(name: &str, f: f32) -> AttributeProto {
    AttributeProto {
        name: name.into(),
        r#type: AttributeType::Float as i32,
        f,
        ..AttributeProto::default()
    }
}

/// An attribute of text.
pub fn text(name: &str, text: &str) -> AttributeProto {
    AttributeProto {
        name: name.into(),
        r#type: AttributeType::String as i32,
        s: text.as_bytes().to_vec(),
        ..AttributeProto::default()
    }
}

/// An attribute that holds a tensor.
pub fn tensor(name: &str, t: TensorProto) -> AttributeProto {
    AttributeProto {
        name: name.into(),
        r#type: AttributeType::Tensor as i32,
        t: Some(t),
        ..AttributeProto::default()
    }
}

/// Numbers that look random, always the same.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end.max(1)
    }

    pub fn between(&mut self, lo: f64, hi: f64) -> f64 {
        lo + (hi - lo) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Floats between -1 and 1.
    pub fn weights(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.between(-1.0, 1.0) as f32).collect()
    }
}
