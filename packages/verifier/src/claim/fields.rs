//! Claims as the fields of a file.

use alloc::string::String;

use assay_protocol::circuit::Kind;
use assay_protocol::id::SchemaDigest;
use assay_protocol::schema::Schema;
use serde::Deserialize;
use serde::ser::SerializeMap;

use super::{Answer, Claim, Parameters};
use crate::fields::Fields;

impl Claim {
    /// Reads the claim of a proof of this kind.
    pub(crate) fn read(fields: &mut Fields, kind: Kind) -> Result<Self, String> {
        Ok(match kind {
            Kind::TrainingPublic | Kind::TrainingFingerprint => Self::TrainingPublic {
                dataset: fields.id("dataset")?,
                parameters: Parameters::read(fields, kind)?,
            },
            Kind::TrainingHidden => Self::TrainingHidden {
                dataset: fields.id("dataset")?,
                minimum_rows: fields.number("minimum_rows")?,
                schema_digest: fields.id("schema_digest")?,
                schema: schema(fields)?,
                model: fields.id("model")?,
            },
            Kind::PredictionPublic | Kind::PredictionFingerprint => Self::PredictionPublic {
                parameters: Parameters::read(fields, kind)?,
                answer: Answer::read(fields)?,
            },
            Kind::PredictionHidden => Self::PredictionHidden {
                model: fields.id("model")?,
                answer: Answer::read(fields)?,
            },
        })
    }

    /// Writes kind and claim into an object.
    pub(crate) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("kind", &self.kind())?;
        match self {
            Self::TrainingPublic {
                dataset,
                parameters,
            } => {
                map.serialize_entry("dataset", dataset)?;
                parameters.write(map)
            }
            Self::TrainingHidden {
                dataset,
                minimum_rows,
                schema_digest,
                schema,
                model,
            } => {
                map.serialize_entry("dataset", dataset)?;
                map.serialize_entry("minimum_rows", minimum_rows)?;
                write_schema(map, schema_digest, schema.as_ref())?;
                map.serialize_entry("model", model)
            }
            Self::PredictionPublic { parameters, answer } => {
                parameters.write(map)?;
                answer.write(map)
            }
            Self::PredictionHidden { model, answer } => {
                map.serialize_entry("model", model)?;
                answer.write(map)
            }
        }
    }
}

/// The schema that a file tells, if it does.
fn schema(fields: &mut Fields) -> Result<Option<Schema>, String> {
    let told = fields.optional("schema").map(Schema::deserialize);
    told.transpose()
        .map_err(|error| alloc::format!("schema: {error}"))
}

fn write_schema<M: SerializeMap>(
    map: &mut M,
    digest: &SchemaDigest,
    schema: Option<&Schema>,
) -> Result<(), M::Error> {
    map.serialize_entry("schema_digest", digest)?;
    match schema {
        Some(schema) => map.serialize_entry("schema", schema),
        None => Ok(()),
    }
}

impl Parameters {
    fn read(fields: &mut Fields, kind: Kind) -> Result<Self, String> {
        Ok(match kind.has_fingerprint() {
            true => Self::Blob(fields.bytes("parameter_bytes")?),
            false => Self::Root(fields.id("parameters")?),
        })
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Root(root) => map.serialize_entry("parameters", root),
            Self::Blob(bytes) => map.serialize_entry("parameter_bytes", &hex::encode(bytes)),
        }
    }
}

impl Answer {
    fn read(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            schema_digest: fields.id("schema_digest")?,
            schema: schema(fields)?,
            input: fields.bytes("input")?,
            output: fields.bytes("output")?,
        })
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        write_schema(map, &self.schema_digest, self.schema.as_ref())?;
        map.serialize_entry("input", &hex::encode(&self.input))?;
        map.serialize_entry("output", &hex::encode(&self.output))
    }
}
