//! What a proof says, as field elements in one fixed order, and their digest.

use crate::Scalar;
use crate::hash::{Tag, hash_elements};
use crate::id::{DatasetCommitment, ParametersRoot, StatementDigest};

/// "The parameters with this root were trained on the data behind this
/// commitment, by the circuit's method": training, public model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingPublic {
    /// [`Context::to_scalar`](crate::context::Context::to_scalar) of the job's slot and worker.
    pub context: Scalar,
    /// The dataset that was trained on.
    pub dataset: DatasetCommitment,
    /// The parameters that were delivered.
    pub parameters: ParametersRoot,
}

impl TrainingPublic {
    /// The tag that names this statement's kind and version.
    pub const TAG: Tag = Tag::TrainingPublicV1;

    /// The statement's elements, in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 3] {
        [self.context, self.dataset.0, self.parameters.0]
    }

    /// The digest: the proof's only public input.
    pub fn digest(&self) -> StatementDigest {
        StatementDigest(hash_elements(Self::TAG, &self.elements()))
    }
}
