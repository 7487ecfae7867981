//! Methods in words.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::prediction::{Graph, Output, Prediction};

use super::{Fact, counted, listed, quoted_unless, topic};

/// The most operators that are named.
const MAX_OPERATORS: usize = 32;

/// The squared-hinge certificate.
pub(super) fn certificate(method: &SquaredHinge, gap: Option<&str>) -> Vec<Fact> {
    let classes = match method.classes {
        2 => "two classes",
        _ => "one class against the rest, for each class",
    };
    let mut facts = alloc::vec![
        Fact::new(
            topic::METHOD,
            format!(
                "linear classifier by squared hinge, {classes}; weights with {} fraction bits",
                method.fraction_bits
            ),
        ),
        Fact::new(
            topic::HOLDS,
            format!(
                "datasets of at most {}, {}, {} classes",
                counted(method.rows.into(), "row"),
                counted(method.features.into(), "feature"),
                method.classes
            ),
        ),
        Fact::new(topic::LAMBDA, format!("{}/65025", method.lambda_65025)),
    ];
    facts.extend(gap.map(|gap| {
        Fact::new(
            topic::GAP,
            format!("at most {gap} above the least objective, for each weight vector"),
        )
    }));
    facts
}

/// A prediction's graph and form of answer.
pub(super) fn prediction(prediction: &Prediction) -> [Fact; 2] {
    let Prediction {
        rows,
        features,
        output,
        graph,
        ..
    } = prediction;
    [
        Fact::new(
            topic::METHOD,
            format!(
                "graph of {}: {}; {} of parameters; answers with {}",
                counted(graph.nodes.len() as u64, "operator"),
                operators(graph),
                counted(graph.parameter_bytes() as u64, "byte"),
                form(output)
            ),
        ),
        Fact::new(
            topic::HOLDS,
            format!(
                "{} of {} in a proof",
                counted((*rows).into(), "row"),
                counted((*features).into(), "feature")
            ),
        ),
    ]
}

/// The graph's operators with their numbers, in the order of their first use.
fn operators(graph: &Graph) -> String {
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for node in &graph.nodes {
        match counts.iter_mut().find(|(name, _)| *name == node.operator) {
            Some((_, count)) => *count += 1,
            None => counts.push((&node.operator, 1)),
        }
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let described = counts
        .into_iter()
        .map(|(name, count)| format!("{count} {}", quoted_unless(is_plain, name)));
    listed(described.collect::<Vec<_>>().into_iter(), MAX_OPERATORS)
}

fn form(output: &Output) -> String {
    match *output {
        Output::Label { classes } => format!("one of {classes} classes"),
        Output::Bucket {
            width,
            fraction_bits,
        } => format!(
            "a bucket of the score, {}, a unit stated to be 2^-{fraction_bits}",
            counted(width, "unit") + " wide"
        ),
        Output::Scores {
            count,
            fraction_bits,
        } => format!(
            "{}, a unit stated to be 2^-{fraction_bits}",
            counted(count.into(), "score")
        ),
    }
}
