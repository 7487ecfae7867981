//! What was proved, in words: the same in the terminal and in the browser.

mod answer;
mod method;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use assay_protocol::circuit::{CircuitSpec, SetupRecord};
use assay_protocol::id::{ModelId, SchemaDigest};
use assay_protocol::prediction::Output;
use assay_protocol::schema::Schema;
use serde::Serialize;

use crate::{Assignment, Claim, Parameters, Proved, Subject};

/// The most characters of a name that a fact shows.
const MAX_NAME: usize = 60;
/// The most columns whose names a fact shows.
const MAX_COLUMNS: usize = 64;

/// The topics of facts, in the order in which they come.
pub mod topic {
    /// What kind of statement it is.
    pub const KIND: &str = "kind";
    /// By which method.
    pub const METHOD: &str = "method";
    /// Which data the circuit holds.
    pub const HOLDS: &str = "holds";
    /// The weight of the regularisation.
    pub const LAMBDA: &str = "lambda";
    /// How far from the optimum.
    pub const GAP: &str = "gap";
    /// Which data.
    pub const DATASET: &str = "dataset";
    /// What the data's integers stand for.
    pub const SCHEMA: &str = "schema";
    /// Which public parameters.
    pub const PARAMETERS: &str = "parameters";
    /// Which hidden model.
    pub const MODEL: &str = "model";
    /// What the model was asked.
    pub const INPUT: &str = "input";
    /// What it answered.
    pub const OUTPUT: &str = "output";
    /// What the proof is for.
    pub const FOR: &str = "for";
    /// Which circuit.
    pub const CIRCUIT: &str = "circuit";
    /// How the key was made.
    pub const KEY: &str = "key";
    /// What a valid proof does not show.
    pub const NOT_SHOWN: &str = "not shown";
}

/// Something that a proof shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// One of the names in [`topic`]; several facts may share it.
    pub topic: &'static str,
    /// The words. Texts from files are escaped, and cut where they are long.
    pub text: String,
}

impl Fact {
    fn new(topic: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { topic, text }
    }
}

/// All that `proved` shows.
pub(crate) fn facts(proved: &Proved) -> Vec<Fact> {
    let mut facts = alloc::vec![Fact::new(topic::KIND, kind(&proved.claim))];
    match &proved.spec {
        CircuitSpec::SquaredHinge(method)
        | CircuitSpec::SquaredHingeHidden(method)
        | CircuitSpec::SquaredHingeFingerprint(method) => {
            facts.extend(method::certificate(method, proved.gap.as_deref()));
        }
        CircuitSpec::Prediction(prediction) => facts.extend(method::prediction(prediction)),
    }
    match &proved.claim {
        Claim::TrainingPublic {
            dataset,
            parameters,
        } => {
            facts.push(Fact::new(topic::DATASET, dataset.to_string()));
            facts.push(parameters_fact(parameters));
        }
        Claim::TrainingHidden {
            dataset,
            minimum_rows,
            schema_digest,
            schema,
            model,
        } => {
            let rows = counted(u64::from(*minimum_rows), "row");
            facts.push(Fact::new(
                topic::DATASET,
                format!("{dataset}, hidden; at least {rows}"),
            ));
            facts.extend(schema_facts(*schema_digest, schema.as_ref()));
            facts.push(Fact::new(topic::MODEL, format!("{model}, hidden")));
        }
        Claim::PredictionPublic { parameters, answer } => {
            facts.push(parameters_fact(parameters));
            facts.extend(schema_facts(answer.schema_digest, answer.schema.as_ref()));
        }
        Claim::PredictionHidden { model, answer } => {
            facts.push(Fact::new(topic::MODEL, format!("{model}, hidden")));
            facts.extend(schema_facts(answer.schema_digest, answer.schema.as_ref()));
        }
    }
    if let CircuitSpec::Prediction(prediction) = &proved.spec
        && let Some(answer) = proved.claim.answer()
        && let Some(integers) = &proved.output_integers
    {
        facts.extend(answer::input(prediction, answer));
        facts.extend(answer::output(prediction, answer, integers));
    }
    facts.push(Fact::new(topic::FOR, purpose(&proved.assignment)));
    facts.push(Fact::new(topic::CIRCUIT, proved.circuit.to_string()));
    facts.push(Fact::new(topic::KEY, key(&proved.setup)));
    facts.extend(not_shown(&proved.spec));
    facts.push(Fact::new(
        topic::NOT_SHOWN,
        "that the key proves this method and nothing weaker: that is its maker's word, \
         until `assay circuit check` has seen the proving key",
    ));
    facts
}

fn kind(claim: &Claim) -> &'static str {
    match claim {
        Claim::TrainingPublic { .. } => {
            "training, public model: the parameters below were trained on the dataset below"
        }
        Claim::TrainingHidden { .. } => {
            "training, hidden model: the model below was trained on the dataset below; \
             neither is shown, both are committed to"
        }
        Claim::PredictionPublic { .. } => {
            "prediction, public model: by the graph below, the parameters below map the input \
             below to the output below"
        }
        Claim::PredictionHidden { .. } => {
            "prediction, hidden model: by the graph below, the parameters that the model below \
             commits to map the input below to the output below"
        }
    }
}

/// What readers may take for shown besides what the key is for.
fn not_shown(spec: &CircuitSpec) -> Vec<Fact> {
    let mut texts = Vec::new();
    match spec {
        CircuitSpec::SquaredHinge(_) | CircuitSpec::SquaredHingeFingerprint(_) => {}
        CircuitSpec::SquaredHingeHidden(_) => texts.push(
            "how predictions use this model: a circuit of predictions may have any graph, until \
             `--trained-by` of `assay verify` or `assay circuit check` has compared it with this method"
                .into(),
        ),
        CircuitSpec::Prediction(prediction) => {
            texts.push(
                "that the model was trained to be used by this graph, which may turn its answers \
                 around: `--trained-by` of `assay verify` or `assay circuit check` compares it with a \
                 training method"
                    .into(),
            );
            if let Output::Bucket { fraction_bits, .. } | Output::Scores { fraction_bits, .. } =
                prediction.output
            {
                texts.push(format!(
                    "that a unit of the score is 2^-{fraction_bits}: the word of whoever registered \
                     the circuit"
                ));
            }
        }
    }
    let facts = texts.into_iter();
    facts
        .map(|text: String| Fact::new(topic::NOT_SHOWN, text))
        .collect()
}

/// What names the parameters.
fn parameters_fact(parameters: &Parameters) -> Fact {
    let named = parameters.named();
    let text = match parameters {
        Parameters::Root(_) => named.to_string(),
        Parameters::Blob(bytes) => format!("{}, {named}", counted(bytes.len() as u64, "byte")),
    };
    Fact::new(topic::PARAMETERS, text)
}

/// A schema's digest and, where the file tells it, its names.
fn schema_facts(digest: SchemaDigest, schema: Option<&Schema>) -> Vec<Fact> {
    let mut facts = alloc::vec![Fact::new(topic::SCHEMA, digest.to_string())];
    let Some(schema) = schema else {
        return facts;
    };
    let columns = schema.columns.iter().map(|column| {
        format!(
            "{} {} to {}",
            name(&column.name),
            bound(&column.lower),
            bound(&column.upper)
        )
    });
    facts.push(Fact::new(
        topic::SCHEMA,
        format!(
            "{}: {}",
            counted(schema.columns.len() as u64, "column"),
            listed(columns, MAX_COLUMNS)
        ),
    ));
    if schema.label.classes.is_empty() {
        return facts;
    }
    let classes = schema.label.classes.iter().map(|class| name(class));
    facts.push(Fact::new(
        topic::SCHEMA,
        format!(
            "label {}: {}",
            name(&schema.label.name),
            listed(classes, MAX_COLUMNS)
        ),
    ));
    facts
}

fn purpose(assignment: &Assignment) -> String {
    if assignment.is_unbound() {
        return "no chain, no contract and no payee".into();
    }
    let Assignment {
        chain_id,
        contract,
        subject,
        slot,
        payee,
    } = assignment;
    let step = match slot {
        0 => String::new(),
        step => format!(", step {step}"),
    };
    let what = match subject {
        Subject::Job(job) => format!("job {job}, slot {slot} of"),
        // A registration is proved before the model has a number.
        Subject::Model(ModelId(0)) => format!("the registration of the model{step} in"),
        Subject::Model(model) => format!("the registration of model {model}{step} in"),
        Subject::Request(request) => format!("request {request}{step} in"),
    };
    let who = match subject {
        Subject::Job(_) | Subject::Request(_) => "to pay",
        Subject::Model(_) => "by",
    };
    format!("{what} {contract} on {chain_id}, {who} {payee}")
}

fn key(setup: &SetupRecord) -> String {
    match setup {
        SetupRecord::Development {} => "made by one party, who could forge".into(),
        SetupRecord::Ceremony { transcript } => {
            format!("claims a ceremony, transcript {transcript}, that this program can't check")
        }
    }
}

/// A text from a file: as it is if `is_plain` holds for every character, else between
/// quotes, so that it can't pass for the words around it.
fn quoted_unless(is_plain: impl Fn(char) -> bool, text: &str) -> String {
    if !text.is_empty() && text.len() <= MAX_NAME && text.chars().all(is_plain) {
        return text.into();
    }
    let cut: String = text.chars().take(MAX_NAME).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    format!("{cut:?}{more}")
}

/// A name from a file, between quotes.
fn name(text: &str) -> String {
    quoted_unless(|_| false, text)
}

/// A decimal number from a file.
fn bound(text: &str) -> String {
    let is_plain = |c| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
    quoted_unless(is_plain, text)
}

/// Joined by commas; the number of those left out after the first `max`.
fn listed(items: impl ExactSizeIterator<Item = String>, max: usize) -> String {
    let more = items.len().saturating_sub(max);
    let mut text = items.take(max).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text += &format!(" and {more} more");
    }
    text
}

/// "1 row", "2 rows".
fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
