//! Schemas that are told, and the digest that the statement holds.

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::SchemaDigest;
use assay_protocol::prediction::Output;
use assay_protocol::schema::Schema;
use serde_json::json;

use crate::generate::files::Files;
use crate::vector::File::Proof;
use crate::vector::Vector;

/// Other schemas, with the digest that the statement holds or with their own.
pub fn schemas(files: &Files, schema: &Schema) -> Vec<Vector> {
    let changed = |change: fn(&mut Schema)| {
        let mut schema = schema.clone();
        change(&mut schema);
        schema
    };
    let told = |name: &str, change| {
        let schema = json!(changed(change));
        Vector::refused(name, "other_schema").with(Proof, "/schema", schema)
    };
    let stated = |name: &str, error, change| {
        let schema = changed(change);
        let digest = json!(SchemaDigest(schema.digest().unwrap()));
        Vector::refused(format!("{name}, and its digest"), error)
            .with(Proof, "/schema", json!(schema))
            .with(Proof, "/schema_digest", digest)
    };
    let fewer_columns = |schema: &mut Schema| schema.columns.truncate(1);
    let more_classes = |schema: &mut Schema| schema.label.classes.push("versicolor".into());
    let classes_count = match &files.key.0.spec {
        CircuitSpec::Prediction(prediction) => matches!(prediction.output, Output::Label { .. }),
        CircuitSpec::SquaredHinge(_)
        | CircuitSpec::SquaredHingeHidden(_)
        | CircuitSpec::SquaredHingeFingerprint(_) => true,
    };
    let misfit = if classes_count {
        "schema_shape"
    } else {
        "equation_fails"
    };
    vec![
        told("a column renamed", |schema| {
            schema.columns[0].name = "sepal length".into()
        }),
        told("a bound moved", |schema| {
            schema.columns[0].upper = "7.0".into()
        }),
        told("a class renamed", |schema| {
            schema.label.classes[1] = "versicolor".into()
        }),
        told("classes swapped", |schema| schema.label.classes.reverse()),
        told("columns swapped", |schema| schema.columns.reverse()),
        told("fewer columns", fewer_columns),
        stated("a class renamed", "equation_fails", |schema| {
            schema.label.classes[1] = "versicolor".into();
        }),
        stated("fewer columns", "schema_shape", fewer_columns),
        stated("more classes", misfit, more_classes),
        Vector::refused("no label", "damaged").without(Proof, "/schema/label"),
        Vector::refused("something more in the schema", "damaged").with(
            Proof,
            "/schema/note",
            "trust me",
        ),
    ]
}
