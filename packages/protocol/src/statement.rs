//! What a proof says, as field elements in one fixed order, and their digest.

use crate::Scalar;
use crate::challenge::{Commitment, challenges};
use crate::circuit::Kind;
use crate::hash::{Tag, hash_elements};
use crate::id::{
    DatasetCommitment, InputDigest, ModelCommitment, OutputDigest, SchemaDigest, StatementDigest,
};
use crate::parameters::PublicParameters;

/// The digest of a statement, a proof's only public input: of its elements, followed by the
/// challenges if the proof carries a commitment.
pub fn digest(tag: Tag, elements: &[Scalar], commitment: Option<&Commitment>) -> StatementDigest {
    let hashed = match commitment {
        None => hash_elements(tag, elements),
        Some(commitment) => {
            let challenges = challenges(tag, elements, commitment);
            hash_elements(tag, &[elements, &challenges].concat())
        }
    };
    StatementDigest(hashed)
}

/// The digest of a statement of any kind: where the kind has a fingerprint, `evaluate` is asked
/// for that of the parameters at the second challenge, and it follows the challenges.
///
/// Without a commitment there is no challenge and no fingerprint, and the digest is of the
/// elements alone, which binds nothing: a key of such a kind has challenges, and under it no
/// proof without a commitment holds.
///
/// # Errors
/// Those of `evaluate`.
pub fn digest_of_kind<E>(
    kind: Kind,
    elements: &[Scalar],
    commitment: Option<&Commitment>,
    evaluate: impl FnOnce(Scalar) -> Result<Scalar, E>,
) -> Result<StatementDigest, E> {
    let tag = kind.tag();
    let Some(commitment) = commitment.filter(|_| kind.has_fingerprint()) else {
        return Ok(digest(tag, elements, commitment));
    };
    let [first, second] = challenges(tag, elements, commitment);
    let fingerprint = evaluate(second)?;
    let elements = [elements, &[first, second, fingerprint]].concat();
    Ok(StatementDigest(hash_elements(tag, &elements)))
}

/// "These parameters were trained on the data behind this commitment, by the circuit's
/// method": training, public model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingPublic {
    /// [`Context::to_scalar`](crate::context::Context::to_scalar) of the job's slot and worker.
    pub context: Scalar,
    /// The dataset that was trained on.
    pub dataset: DatasetCommitment,
    /// The parameters that were delivered.
    pub parameters: PublicParameters,
}

impl TrainingPublic {
    /// The statement's kind.
    pub fn kind(&self) -> Kind {
        match self.parameters {
            PublicParameters::Poseidon(_) => Kind::TrainingPublic,
            PublicParameters::Sha256(_) => Kind::TrainingFingerprint,
        }
    }

    /// The statement's elements, in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 3] {
        [self.context, self.dataset.0, self.parameters.element()]
    }

    /// The [digest] of the statement, with the commitment of a proof that has one.
    ///
    /// One with a fingerprint needs [`digest_of_kind`].
    pub fn digest(&self, commitment: Option<&Commitment>) -> StatementDigest {
        digest(self.kind().tag(), &self.elements(), commitment)
    }
}

/// "The parameters behind this model commitment were trained on the data behind
/// this dataset commitment, at least so many rows, by the circuit's method, and
/// both commitments hold this schema": training, hidden model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingHidden {
    /// [`Context::to_scalar`](crate::context::Context::to_scalar) of the registration.
    pub context: Scalar,
    /// The dataset that was trained on.
    pub dataset: DatasetCommitment,
    /// The dataset has at least so many rows.
    pub minimum_rows: u32,
    /// The schema in both commitments.
    pub schema: SchemaDigest,
    /// The model.
    pub model: ModelCommitment,
}

impl TrainingHidden {
    /// The tag that names this statement's kind and version.
    pub const TAG: Tag = Tag::TrainingHiddenV1;

    /// The statement's elements, in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 5] {
        [
            self.context,
            self.dataset.0,
            Scalar::from(u64::from(self.minimum_rows)),
            self.schema.0,
            self.model.0,
        ]
    }

    /// The [digest] of the statement, with the commitment of a proof that has one.
    pub fn digest(&self, commitment: Option<&Commitment>) -> StatementDigest {
        digest(Self::TAG, &self.elements(), commitment)
    }
}

/// Whose prediction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// The model with these parameters, which everyone can read.
    Public(PublicParameters),
    /// The model behind this commitment.
    Hidden(ModelCommitment),
}

impl Model {
    /// The kind of a [`Prediction`] of such a model.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Public(PublicParameters::Poseidon(_)) => Kind::PredictionPublic,
            Self::Public(PublicParameters::Sha256(_)) => Kind::PredictionFingerprint,
            Self::Hidden(_) => Kind::PredictionHidden,
        }
    }

    /// The root, the digest or the commitment.
    pub fn element(&self) -> Scalar {
        match self {
            Self::Public(parameters) => parameters.element(),
            Self::Hidden(commitment) => commitment.0,
        }
    }
}

/// "This model, by the circuit's graph, maps these inputs to these outputs."
///
/// The schema says what the inputs' integers stand for. A hidden model's commitment
/// holds it, and the proof shows that; with a public model the statement only names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// [`Context::to_scalar`](crate::context::Context::to_scalar) of the request.
    pub context: Scalar,
    /// The model.
    pub model: Model,
    /// What the inputs' integers stand for.
    pub schema: SchemaDigest,
    /// The inputs, all rows in order.
    pub input: InputDigest,
    /// The outputs, all rows in order.
    pub output: OutputDigest,
}

impl Prediction {
    /// The statement's elements, in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 5] {
        [
            self.context,
            self.model.element(),
            self.schema.0,
            self.input.0,
            self.output.0,
        ]
    }

    /// The [digest] of the statement, with the commitment of a proof that has one.
    ///
    /// One with a fingerprint needs [`digest_of_kind`].
    pub fn digest(&self, commitment: Option<&Commitment>) -> StatementDigest {
        digest(self.model.kind().tag(), &self.elements(), commitment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{BlobDigest, ParametersRoot};

    fn prediction(model: Model) -> Prediction {
        let [context, schema, input, output] = [1, 3, 4, 5].map(Scalar::from);
        Prediction {
            context,
            model,
            schema: SchemaDigest(schema),
            input: InputDigest(input),
            output: OutputDigest(output),
        }
    }

    fn public() -> Model {
        Model::Public(PublicParameters::Poseidon(ParametersRoot(Scalar::from(2))))
    }

    #[test]
    fn a_public_and_a_hidden_model_never_share_a_statement() {
        let element = Scalar::from(2);
        let public = prediction(Model::Public(PublicParameters::Poseidon(ParametersRoot(
            element,
        ))));
        let hidden = prediction(Model::Hidden(ModelCommitment(element)));
        let hashed = prediction(Model::Public(PublicParameters::Sha256(BlobDigest(element))));
        let all = [public, hidden, hashed];
        for (i, one) in all.iter().enumerate() {
            for other in &all[i + 1..] {
                assert_eq!(one.elements(), other.elements());
                assert_ne!(one.digest(None), other.digest(None));
            }
        }
    }

    #[test]
    fn every_element_of_a_prediction_changes_its_digest() {
        let one = prediction(Model::Hidden(ModelCommitment(Scalar::from(2))));
        let other = Scalar::from(9);
        let changed = [
            Prediction {
                context: other,
                ..one
            },
            Prediction {
                model: Model::Hidden(ModelCommitment(other)),
                ..one
            },
            Prediction {
                schema: SchemaDigest(other),
                ..one
            },
            Prediction {
                input: InputDigest(other),
                ..one
            },
            Prediction {
                output: OutputDigest(other),
                ..one
            },
        ];
        for statement in changed {
            assert_ne!(statement.digest(None), one.digest(None), "{statement:?}");
        }
    }

    #[test]
    fn every_element_of_a_training_changes_its_digest() {
        let one = TrainingHidden {
            context: Scalar::from(1),
            dataset: DatasetCommitment(Scalar::from(2)),
            minimum_rows: 3,
            schema: SchemaDigest(Scalar::from(4)),
            model: ModelCommitment(Scalar::from(5)),
        };
        let other = Scalar::from(9);
        let changed = [
            TrainingHidden {
                context: other,
                ..one
            },
            TrainingHidden {
                dataset: DatasetCommitment(other),
                ..one
            },
            TrainingHidden {
                minimum_rows: 9,
                ..one
            },
            TrainingHidden {
                schema: SchemaDigest(other),
                ..one
            },
            TrainingHidden {
                model: ModelCommitment(other),
                ..one
            },
        ];
        for statement in changed {
            assert_ne!(statement.digest(None), one.digest(None), "{statement:?}");
        }
    }

    #[test]
    fn a_commitment_brings_challenges_into_the_digest() {
        let statement = prediction(public());
        let with = |byte| statement.digest(Some(&[byte; 48]));
        assert_ne!(with(1), statement.digest(None));
        assert_ne!(with(1), with(2));
        let [first, second] = challenges(
            statement.model.kind().tag(),
            &statement.elements(),
            &[1; 48],
        );
        let [a, b, c, d, e] = statement.elements();
        let elements = [a, b, c, d, e, first, second];
        let digest = hash_elements(statement.model.kind().tag(), &elements);
        assert_eq!(with(1), StatementDigest(digest));
    }

    #[test]
    fn a_fingerprint_at_the_second_challenge_follows_the_challenges() {
        let kind = Kind::TrainingFingerprint;
        let (elements, commitment) = ([1, 2, 3].map(Scalar::from), [7; 48]);
        let evaluate = |point: Scalar| Ok::<_, ()>(point.double());
        let digest = digest_of_kind(kind, &elements, Some(&commitment), evaluate);
        let [first, second] = challenges(kind.tag(), &elements, &commitment);
        let all = [&elements[..], &[first, second, second.double()]].concat();
        assert_eq!(digest, Ok(StatementDigest(hash_elements(kind.tag(), &all))));
        let refused = digest_of_kind(kind, &elements, Some(&commitment), Err);
        assert_eq!(refused, Err(second));
    }

    #[test]
    fn a_kind_without_a_fingerprint_never_asks_for_one() {
        let (elements, commitment) = ([1, 2, 3].map(Scalar::from), [7; 48]);
        for kind in Kind::ALL.into_iter().filter(|kind| !kind.has_fingerprint()) {
            let found = digest_of_kind(kind, &elements, Some(&commitment), Err);
            let expected = digest(kind.tag(), &elements, Some(&commitment));
            assert_eq!(found, Ok(expected));
        }
    }
}
