//! The training certificate of the breast cancer data, all 569 rows and 30 features: a
//! real circuit and a real witness.

use assay_cli::table::Table;
use assay_peers::ProverError;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::parameters::BlobHash;
use assay_prover::ByBits;
use assay_prover::train::train;
use assay_prover::training::Delivery;
use bls12_381::Scalar;

use crate::recorder::Recorder;

const CSV: &[u8] = include_bytes!("../../../../../../../cli/data/wdbc.csv");
const LABEL: &str = "diagnosis";

/// The regularisation lambda times 255^2: lambda is about 0.001.
const LAMBDA_65025: u64 = 65;

/// Trains a classifier and records the circuit of its certificate.
pub(crate) fn record() -> Result<Recorder, ProverError> {
    let table = Table::parse(CSV)?;
    let schema = table.schema(LABEL, None)?;
    let data = table.quantise(&schema)?;
    let [rows, features, classes] = [data.rows(), data.features(), data.classes()];
    let spec = SquaredHinge::with_fewest_fraction_bits(
        u32::try_from(rows)?,
        u32::try_from(features)?,
        u32::try_from(classes)?,
        LAMBDA_65025,
    )?;
    let parameters = train(&spec, &data)?;
    let [salt, context] = [13, 17].map(Scalar::from);
    let delivery = Delivery {
        hash: BlobHash::Poseidon,
        spec: &spec,
        data: &data,
        schema_digest: schema.digest()?,
        salt,
        parameters: &parameters,
        context,
    };
    Ok(Recorder::of(ByBits(delivery.circuit()))?)
}
