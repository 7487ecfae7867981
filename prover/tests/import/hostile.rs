//! Files that are damaged, or made to do damage: each is refused in one line, at once.

use std::time::{Duration, Instant};

use assay_protocol::prediction::Binding;
use assay_prover::import::{Calibration, Form, MAX_MODEL_BYTES, Options, compile};
use tract_onnx::pb::tensor_proto::{DataLocation, DataType, Segment};
use tract_onnx::pb::{
    AttributeProto, FunctionProto, GraphProto, NodeProto, OperatorSetIdProto, SparseTensorProto,
    StringStringEntryProto, TensorProto,
};

use super::float::{bounds, calibration};
use super::model::{Model, Random, float, floats, int, ints, tensor, text, value};

/// What no file may take to be refused.
const MOST: Duration = Duration::from_secs(2);

/// A file, and the columns that it is tried with.
pub struct Case {
    pub name: String,
    pub file: Vec<u8>,
    pub columns: usize,
}

/// The line with which a file is refused.
pub fn line(file: &[u8], calibration: &Calibration, form: Form) -> String {
    let options = Options {
        parameters: Binding::Root,
        form,
        rows: 1,
    };
    let start = Instant::now();
    let error = compile(file, calibration, &options)
        .err()
        .expect("it is compiled");
    assert!(start.elapsed() < MOST, "it took {:?}", start.elapsed());
    let line = error.to_string();
    assert!(!line.chars().any(char::is_control), "{line:?}");
    assert!(line.len() < 700, "{line}");
    line
}

/// Asserts that every case is refused.
pub fn assert_refused(cases: impl IntoIterator<Item = Case>) {
    for Case {
        name,
        file,
        columns,
    } in cases
    {
        let calibration = calibration(&bounds(columns));
        let refused = std::panic::catch_unwind(|| line(&file, &calibration, Form::Label));
        let line = refused.unwrap_or_else(|_| panic!("{name}"));
        println!("{name}: {line}");
    }
}

fn case(name: &str, model: &Model, columns: usize) -> Case {
    Case {
        name: name.into(),
        file: model.bytes(),
        columns,
    }
}

/// One dense layer of four columns, fit to be damaged.
pub fn sound() -> Model {
    Model::new(&[-1, 4])
        .floats("w", &[4, 3], &Random::new(1).weights(12))
        .floats("b", &[3], &Random::new(2).weights(3))
        .node("Gemm", "x w b", "y")
}

/// The sound model with one thing changed.
fn changed(name: &str, change: impl FnOnce(&mut GraphProto)) -> Case {
    let mut model = sound();
    change(model.graph());
    case(name, &model, 4)
}

/// A field that holds bytes, as a file has it.
fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut field = Vec::new();
    for mut varint in [number << 3 | 2, bytes.len() as u64] {
        while varint >= 0x80 {
            field.push(varint as u8 | 0x80);
            varint >>= 7;
        }
        field.push(varint as u8);
    }
    field.extend_from_slice(bytes);
    field
}

/// Bytes that are no model.
pub fn no_models() -> Vec<Case> {
    let raw = |name: &str, file: Vec<u8>| Case {
        name: name.into(),
        file,
        columns: 4,
    };
    let mut random = Random::new(3);
    let mut noise = |len: usize| (0..len).map(|_| random.next() as u8).collect::<Vec<_>>();
    let mut cases = vec![
        raw("nothing", vec![]),
        raw("text", b"a,b,c\n1,2,3\n".to_vec()),
        raw("zeros", vec![0; 4096]),
        raw("ones", vec![0xff; 4096]),
        raw("groups", vec![0x3b; 100_000]),
        raw("too large", vec![0; MAX_MODEL_BYTES + 1]),
        raw("as large as can be", vec![0x0a; MAX_MODEL_BYTES]),
    ];
    cases.extend((0..50).map(|i| raw("noise", noise(1 + i * 37))));
    let file = sound().bytes();
    let cut = (0..file.len()).map(|len| raw(&format!("cut at {len}"), file[..len].to_vec()));
    cases.extend(cut);
    cases
}

/// Files as large as can be that would fill the memory once decoded, or the stack. They are
/// made one by one, being large.
pub fn bombs() -> impl Iterator<Item = Case> {
    let count = MAX_MODEL_BYTES / 2 - 64;
    let many = move |number| field(number, &[]).repeat(count);
    let ones = move || vec![1; 2 * count];
    let graph = |bytes: &[u8]| field(7, bytes);
    let node = move |bytes: &[u8]| graph(&field(1, bytes));
    let tensor = move |bytes: &[u8]| graph(&field(5, bytes));
    let nested = || {
        (0..1000).fold(vec![], |inner: Vec<u8>, _| {
            field(1, &field(5, &field(6, &inner)))
        })
    };
    type Make = Box<dyn Fn() -> Vec<u8>>;
    let files: [(&str, Make); 17] = [
        ("operator sets", Box::new(move || many(8))),
        (
            "functions",
            Box::new(move || field(25, &[0x3a, 0]).repeat(count / 4)),
        ),
        ("nodes", Box::new(move || graph(&many(1)))),
        ("tensors", Box::new(move || graph(&many(5)))),
        ("inputs", Box::new(move || graph(&many(11)))),
        ("shapes of values", Box::new(move || graph(&many(13)))),
        ("annotations", Box::new(move || graph(&many(14)))),
        ("sparse tensors", Box::new(move || graph(&many(15)))),
        ("attributes", Box::new(move || node(&many(5)))),
        ("inputs of a node", Box::new(move || node(&many(1)))),
        (
            "dimensions of an input",
            Box::new(move || graph(&field(11, &field(2, &field(1, &field(2, &many(1))))))),
        ),
        (
            "texts of an attribute",
            Box::new(move || node(&field(5, &many(9)))),
        ),
        (
            "dimensions of a tensor",
            Box::new(move || tensor(&field(1, &ones()))),
        ),
        (
            "integers of a tensor",
            Box::new(move || tensor(&field(7, &ones()))),
        ),
        (
            "external data of a tensor",
            Box::new(move || tensor(&many(13))),
        ),
        (
            "integers of an attribute",
            Box::new(move || node(&field(5, &field(8, &ones())))),
        ),
        ("nested graphs", Box::new(move || graph(&nested()))),
    ];
    files.into_iter().map(|(name, make)| Case {
        name: name.into(),
        file: make(),
        columns: 4,
    })
}

/// Tensors that aren't what they say.
pub fn tensors() -> Vec<Case> {
    let with = |name: &str, change: fn(&mut TensorProto)| {
        changed(name, |graph| change(&mut graph.initializer[0]))
    };
    let external = |location: &str| {
        let entry = StringStringEntryProto {
            key: "location".into(),
            value: location.into(),
        };
        changed(&format!("data in {location}"), |graph| {
            graph.initializer[0].data_location = Some(DataLocation::External as i32);
            graph.initializer[0].external_data = vec![entry];
            graph.initializer[0].raw_data.clear();
        })
    };
    let nan = |name: &str, x: f32| {
        changed(name, |graph| {
            graph.initializer[1] = floats("b", &[3], &[0.0, x, 1.0])
        })
    };
    vec![
        external("../../etc/passwd"),
        external("/etc/passwd"),
        external("weights.bin"),
        with("external without a place", |tensor| {
            tensor.data_location = Some(DataLocation::External as i32);
        }),
        with("dimensions of 2^40", |tensor| tensor.dims = vec![1 << 40]),
        with("dimensions whose product overflows", |tensor| {
            tensor.dims = vec![1 << 62, 1 << 62];
        }),
        with("dimensions whose product is 0", |tensor| {
            (tensor.dims, tensor.raw_data) = (vec![0, i64::MAX, i64::MAX], vec![]);
        }),
        with("a dimension of 0", |tensor| {
            (tensor.dims, tensor.raw_data) = (vec![4, 0], vec![]);
        }),
        with("negative dimensions", |tensor| tensor.dims = vec![-4, -3]),
        with("many dimensions", |tensor| tensor.dims = vec![1; 10_000]),
        with("too little data", |tensor| tensor.raw_data.truncate(47)),
        with("too much data", |tensor| tensor.raw_data.extend([0; 4])),
        with("no data", |tensor| tensor.raw_data.clear()),
        with("data twice", |tensor| tensor.float_data = vec![0.0; 12]),
        with("data of another type", |tensor| {
            (tensor.raw_data, tensor.int64_data) = (vec![], vec![1; 12]);
        }),
        with("bytes", |tensor| tensor.data_type = DataType::Uint8 as i32),
        with("texts", |tensor| {
            tensor.data_type = DataType::String as i32;
            (tensor.raw_data, tensor.string_data) = (vec![], vec![b"1".to_vec(); 12]);
        }),
        with("a type that there isn't", |tensor| tensor.data_type = 999),
        with("a segment", |tensor| {
            tensor.segment = Some(Segment { begin: 0, end: 1 })
        }),
        nan("a weight that is no number", f32::NAN),
        nan("an infinite weight", f32::INFINITY),
        with("halves that are infinite", |tensor| {
            tensor.data_type = DataType::Float16 as i32;
            (tensor.raw_data, tensor.int32_data) = (vec![], vec![0x7c00; 12]);
        }),
        with("doubles that are no numbers", |tensor| {
            tensor.data_type = DataType::Double as i32;
            (tensor.raw_data, tensor.double_data) = (vec![], vec![f64::NAN; 12]);
        }),
        changed("sparse", |graph| {
            graph.sparse_initializer = vec![SparseTensorProto::default()]
        }),
    ]
}

/// Graphs that hang together badly.
pub fn graphs() -> Vec<Case> {
    let node = |operator: &str, inputs: &[&str], outputs: &[&str]| NodeProto {
        op_type: operator.into(),
        input: inputs.iter().map(ToString::to_string).collect(),
        output: outputs.iter().map(ToString::to_string).collect(),
        ..NodeProto::default()
    };
    let nodes = |name: &str, nodes: Vec<NodeProto>| changed(name, |graph| graph.node = nodes);
    let opset = |name: &str, versions: &[i64]| {
        let mut model = sound();
        let set = |&version: &i64| OperatorSetIdProto {
            version,
            ..OperatorSetIdProto::default()
        };
        model.proto.opset_import = versions.iter().map(set).collect();
        case(name, &model, 4)
    };
    let mut functions = sound();
    functions.proto.functions = vec![FunctionProto::default()];
    let mut empty = sound();
    empty.proto.graph = None;
    vec![
        case("functions", &functions, 4),
        case("no graph", &empty, 4),
        opset("no operator set", &[]),
        opset("operator set 0", &[0]),
        opset("a negative operator set", &[-1]),
        opset("an old operator set", &[6]),
        opset("an operator set that there isn't", &[i64::MAX]),
        opset("two operator sets", &[13, 17]),
        changed("no input", |graph| graph.input.clear()),
        changed("two inputs", |graph| graph.input.push(value("z", &[1, 4]))),
        changed("the same input twice", |graph| {
            graph.input.push(value("x", &[1, 4]))
        }),
        changed("no output", |graph| graph.output.clear()),
        changed("two outputs", |graph| graph.output.push(value("x", &[]))),
        changed("an output that nothing computes", |graph| {
            graph.output[0].name = "z".into()
        }),
        changed("no nodes", |graph| graph.node.clear()),
        changed("the same tensor twice", |graph| {
            graph.initializer[1].name = "w".into()
        }),
        changed("a tensor with an output's name", |graph| {
            graph.initializer[1].name = "y".into()
        }),
        changed("a tensor that isn't there", |graph| {
            drop(graph.initializer.pop())
        }),
        nodes(
            "a cycle",
            vec![node("Relu", &["y"], &["a"]), node("Relu", &["a"], &["y"])],
        ),
        nodes(
            "a node that uses itself",
            vec![node("Add", &["x", "y"], &["y"])],
        ),
        nodes(
            "a name twice",
            vec![node("Relu", &["x"], &["y"]), node("Neg", &["x"], &["y"])],
        ),
        nodes(
            "an output named as the input",
            vec![node("Relu", &["x"], &["x"])],
        ),
        nodes(
            "out of order",
            vec![node("Relu", &["a"], &["y"]), node("Relu", &["x"], &["a"])],
        ),
        nodes("no inputs", vec![node("Relu", &[], &["y"])]),
        nodes("an input left out", vec![node("Add", &["x", ""], &["y"])]),
        nodes("an input missing", vec![node("MatMul", &["x"], &["y"])]),
        nodes("an input too many", vec![node("Relu", &["x", "w"], &["y"])]),
        nodes("many inputs", vec![node("Max", &["x"; 1000], &["y"])]),
        nodes(
            "no outputs",
            vec![node("Relu", &["x"], &[]), node("Neg", &["x"], &["y"])],
        ),
        nodes(
            "an output too many",
            vec![node("Relu", &["x"], &["y", "z"])],
        ),
        nodes(
            "the second output",
            vec![node("Dropout", &["x"], &["z", "y"])],
        ),
        nodes("constants only", vec![node("Add", &["w", "w"], &["y"])]),
        nodes("a constant", vec![node("Identity", &["w"], &["y"])]),
        nodes(
            "what multiplies two values",
            vec![node("MatMul", &["x", "x"], &["y"])],
        ),
        nodes(
            "shapes that don't fit",
            vec![node("Add", &["x", "w"], &["y"])],
        ),
        nodes(
            "a matrix that doesn't fit",
            vec![node("MatMul", &["x", "b"], &["y"])],
        ),
    ]
}

/// Inputs of shapes that can't be, or are too many.
pub fn inputs() -> Vec<Case> {
    let shaped =
        |name: &str, shape: &[i64]| case(name, &Model::new(shape).node("Relu", "x", "y"), 4);
    let typed = |name: &str, kind: DataType| {
        changed(name, |graph| {
            let kind_of = graph.input[0]
                .r#type
                .as_mut()
                .and_then(|kind| kind.value.as_mut());
            let Some(tract_onnx::pb::type_proto::Value::TensorType(tensor)) = kind_of else {
                panic!("no tensor");
            };
            tensor.elem_type = kind as i32;
        })
    };
    vec![
        shaped("no dimensions", &[]),
        shaped("many dimensions", &[1; 100]),
        shaped("another width", &[-1, 5]),
        shaped("a batch", &[32, 4]),
        shaped("a dynamic width", &[-1, -1]),
        shaped("a dynamic vector", &[-1]),
        shaped("a dimension of 0", &[-1, 0]),
        shaped("a large dimension", &[-1, 1 << 40]),
        shaped("an overflow", &[1 << 20, 1 << 20, 1 << 20, 1 << 20]),
        typed("doubles", DataType::Double),
        typed("integers", DataType::Int64),
        typed("texts", DataType::String),
        typed("nothing", DataType::Undefined),
        changed("no type", |graph| graph.input[0].r#type = None),
    ]
}

/// Attributes, axes and dimensions that are out of range.
pub fn attributes() -> Vec<Case> {
    let attribute = |operator: &str, attribute: AttributeProto| {
        let name = format!(
            "{operator} with {:?}",
            (&attribute.name, &attribute.ints, attribute.i)
        );
        let model = sound().node_with(operator, "y", "z", vec![attribute]);
        case(&name, &model.opset(11), 4)
    };
    let listed = |operator: &str, list: &[i64]| {
        let model = sound().integers("l", list).node(operator, "y l", "z");
        case(&format!("{operator} with {list:?}"), &model, 4)
    };
    let einsum = |equation: &str| {
        let model = sound().floats("v", &[3, 2], &[0.5; 6]);
        let equation = vec![text("equation", equation)];
        let name = format!("Einsum {:?}", String::from_utf8_lossy(&equation[0].s));
        case(&name, &model.node_with("Einsum", "y v", "z", equation), 4)
    };
    let constant = |name: &str, attribute: AttributeProto| {
        let model = sound().node_with("Constant", "", "c", vec![attribute]);
        case(name, &model.node("Add", "y c", "z"), 4)
    };
    let mut cases = vec![
        attribute("Transpose", ints("perm", &[5, 0])),
        attribute("Transpose", ints("perm", &[1, 1])),
        attribute("Transpose", ints("perm", &[-1, 0])),
        attribute("Transpose", ints("perm", &[0, 1, 2])),
        attribute("Transpose", ints("perm", &[i64::MAX, i64::MIN])),
        attribute("Squeeze", ints("axes", &[7])),
        attribute("Squeeze", ints("axes", &[1])),
        attribute("Squeeze", ints("axes", &[i64::MIN])),
        attribute("Unsqueeze", ints("axes", &[1_000_000_000_000])),
        attribute("Unsqueeze", ints("axes", &[-9])),
        attribute("Unsqueeze", ints("axes", &[0; 9])),
        attribute("Flatten", int("axis", 99)),
        attribute("Flatten", int("axis", i64::MIN)),
        attribute("ArgMax", int("axis", 99)),
        attribute("ArgMax", int("axis", 0)),
        attribute("ArgMax", int("axis", i64::MIN)),
        attribute("Softmax", int("axis", 99)),
        attribute("Cast", int("to", 8)),
        attribute("Cast", int("to", 7)),
        attribute("Cast", int("to", 10)),
        attribute("Cast", int("to", 99)),
        attribute("Relu", tensor("t", TensorProto::default())),
        attribute("Relu", text("alpha", &"x".repeat(1 << 20))),
        listed("Reshape", &[1_000_000_000_000, -1]),
        listed("Reshape", &[-1, -1]),
        listed("Reshape", &[-2]),
        listed("Reshape", &[1 << 32, 1 << 32]),
        listed("Reshape", &[1 << 16; 4]),
        listed("Reshape", &[1 << 31, 1 << 33, 3]),
        listed("Reshape", &[i64::MAX, i64::MAX, i64::MAX]),
        listed("Reshape", &[i64::MIN, 3]),
        listed("Reshape", &[4]),
        listed("Reshape", &[0, 0, 0]),
        listed("Reshape", &[1; 1000]),
        listed("Unsqueeze", &[0; 1000]),
        listed("Unsqueeze", &[0, 0]),
        listed("Unsqueeze", &[i64::MAX]),
        listed("Squeeze", &[1; 1000]),
        listed("Squeeze", &[i64::MIN]),
        case("a computed shape", &sound().node("Reshape", "y y", "z"), 4),
        case("a shape of floats", &sound().node("Reshape", "y b", "z"), 4),
        case(
            "an attribute twice",
            &{
                let twice = vec![float("alpha", 1.0), float("alpha", 2.0)];
                sound().node_with("Gemm", "x w b", "z", twice)
            },
            4,
        ),
        case(
            "an alpha that is no number",
            &{ sound().node_with("Gemm", "x w b", "z", vec![float("alpha", f32::NAN)]) },
            4,
        ),
        case(
            "divided by 0",
            &sound().floats("c", &[], &[0.0]).node("Div", "y c", "z"),
            4,
        ),
        case("divided by a value", &sound().node("Div", "b y", "z"), 4),
        constant("a constant of nothing", int("value_nothing", 1)),
        constant("a constant of text", text("value_string", "one")),
        constant("a constant of integers", int("value_int", 1)),
        constant("an infinite constant", float("value_float", f32::INFINITY)),
        constant(
            "a large constant",
            tensor(
                "value",
                TensorProto {
                    dims: vec![1 << 40],
                    ..floats("", &[], &[])
                },
            ),
        ),
    ];
    let equations = [
        "",
        "->",
        "...",
        ",",
        ",,,,",
        "ij",
        "ij,jk->zz",
        "ii,ij->j",
        "ij,jk->i->k",
        "ij,jk,kl->il",
        "é,j->éj",
        "ij,ij->ij",
        "....,....->..",
        "i..j,jk->ik",
        "*,*->*",
        "\n",
    ];
    cases.extend(equations.map(einsum));
    cases.push(einsum(&"i".repeat(100_000)));
    cases
}

/// Models of a few megabytes at most that would compute for hours, or in terabytes.
pub fn blow_ups() -> Vec<Case> {
    let wide = |shape: &[i64]| vec![0.5f32; shape.iter().product::<i64>() as usize];
    let broadcast = |operator: &str, input: &[i64], shape: &[i64]| {
        let model = Model::new(input).floats("c", shape, &wide(shape));
        let columns = input.iter().map(|d| d.unsigned_abs() as usize).product();
        let name = format!("{operator} of {input:?} and {shape:?}");
        case(&name, &model.node(operator, "x c", "y"), columns)
    };
    let mut twice = Model::new(&[-1, 64, 1])
        .floats("a", &[1, 64], &wide(&[64]))
        .floats("b", &[64, 1, 1], &wide(&[64]));
    twice = twice.floats("c", &[64, 1, 1, 1], &wide(&[64])).floats(
        "d",
        &[64, 1, 1, 1, 1],
        &wide(&[64]),
    );
    twice = twice.node("Mul", "x a", "p").node("Mul", "p b", "q");
    twice = twice.node("Mul", "q c", "r").node("Mul", "r d", "y");
    let square = wide(&[1000, 1000]);
    let mut heavy = Model::new(&[-1, 1000]).floats("w", &[1000, 1000], &square);
    heavy = heavy.node("MatMul", "x w", "v0");
    for i in 0..100 {
        heavy = heavy.node("MatMul", &format!("v{i} w"), &format!("v{}", i + 1));
    }
    let mut folded = sound().floats("large", &[1024, 1024], &wide(&[1024, 1024]));
    folded = folded.node("Transpose", "large", "t0");
    for i in 0..900 {
        folded = folded.node("Transpose", &format!("t{i}"), &format!("t{}", i + 1));
    }
    folded = folded.node("MatMul", "y t900", "z");
    let mut nodes = sound();
    for i in 0..1100 {
        let input = if i == 0 {
            "y".into()
        } else {
            format!("r{}", i - 1)
        };
        nodes = nodes.node("Relu", &input, &format!("r{i}"));
    }
    let mut deep = sound();
    for i in 0..1000 {
        let input = if i == 0 {
            "y".into()
        } else {
            format!("r{}", i - 1)
        };
        deep = deep.node("Neg", &input, &format!("r{i}"));
    }
    vec![
        broadcast("Add", &[-1, 1199, 1], &[1, 1 << 20]),
        broadcast("Sub", &[1199, 1], &[1, 4096]),
        broadcast("Mul", &[-1, 1000, 1], &[1, 1, 100_000]),
        broadcast("Max", &[-1, 1000, 1], &[1, 1, 100_000]),
        broadcast("Add", &[4, 1], &[1, 4]),
        broadcast("Add", &[-1, 4], &[64, 4]),
        broadcast("MatMul", &[-1, 1199, 1], &[1, 1 << 20]),
        broadcast("Gemm", &[1199, 1], &[1, 1 << 16]),
        case("a product of products", &twice, 64),
        case("a hundred million multiplications", &heavy, 1000),
        case("constants that are folded", &folded, 4),
        case("many nodes", &nodes, 4),
        case("many nodes that are read", &deep, 4),
    ]
}

/// Names that would break a line, or a terminal.
pub fn names() -> Vec<Case> {
    let hostile = "a\nb\r\u{1b}[31m\u{202e}\u{2028}\0";
    let long = "x".repeat(1 << 20);
    let mut cases = Vec::new();
    for name in [hostile, &long] {
        let of_node = |operator: &str, change: fn(&mut NodeProto, &str)| {
            changed("a hostile name", |graph| {
                graph.node[0].op_type = operator.into();
                change(&mut graph.node[0], name);
            })
        };
        cases.extend([
            of_node("Tan", |node, name| node.name = name.into()),
            of_node("MatMul", |node, name| node.name = name.into()),
            of_node("Tan", |node, name| node.op_type = name.into()),
            of_node("Tan", |node, name| node.domain = name.into()),
            of_node("Add", |node, name| node.input[1] = name.into()),
            of_node("Gemm", |node, name| {
                node.attribute = vec![float(name, f32::NAN)];
            }),
            changed("a hostile tensor", |graph| {
                graph.initializer[0].name = name.into();
                graph.initializer[0].dims = vec![7];
            }),
            changed("a hostile pair of tensors", |graph| {
                graph.initializer[0].name = name.into();
                graph.initializer[1].name = name.into();
            }),
        ]);
    }
    cases
}

#[test]
fn bytes_that_are_no_model() {
    assert_refused(no_models());
}

#[test]
fn small_files_that_would_fill_the_memory() {
    assert_refused(bombs());
}

#[test]
fn tensors_that_are_not_what_they_say() {
    assert_refused(tensors());
}

#[test]
fn graphs_that_hang_together_badly() {
    assert_refused(graphs());
}

#[test]
fn inputs_that_can_not_be() {
    assert_refused(inputs());
}

#[test]
fn attributes_out_of_range() {
    assert_refused(attributes());
}

#[test]
fn models_that_would_compute_for_hours_or_in_terabytes() {
    assert_refused(blow_ups());
}

#[test]
fn names_that_would_break_a_line() {
    assert_refused(names());
}

#[test]
fn what_is_damaged_in_these_tests_is_sound() {
    let options = Options {
        parameters: Binding::Hidden,
        form: Form::Label,
        rows: 1,
    };
    assert!(compile(&sound().bytes(), &calibration(&bounds(4)), &options).is_ok());
}

#[test]
fn hostile_names_do_not_keep_a_sound_model_from_being_read() {
    let mut model = sound();
    let hostile = "node_7\n\"value_0\" ((((".to_owned() + &"(".repeat(100_000);
    let graph = model.graph();
    graph.input[0] = value(&hostile, &[-1, 4]);
    graph.node[0].input[0] = hostile.clone();
    graph.node[0].name = hostile.clone();
    graph.doc_string = hostile.clone();
    let dim = tract_onnx::pb::tensor_shape_proto::dimension::Value::DimParam(hostile.clone());
    let kind = graph.input[0]
        .r#type
        .as_mut()
        .and_then(|kind| kind.value.as_mut());
    if let Some(tract_onnx::pb::type_proto::Value::TensorType(tensor)) = kind {
        tensor.shape.as_mut().unwrap().dim[0].value = Some(dim);
    }
    let options = Options {
        parameters: Binding::Hidden,
        form: Form::Label,
        rows: 1,
    };
    let compiled = compile(&model.bytes(), &calibration(&bounds(4)), &options);
    let compiled = compiled.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        compiled
            .origins
            .iter()
            .all(|origin| !origin.name.contains('\n'))
    );
}
