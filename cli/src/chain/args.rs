//! Which chain, and who signs.

use std::path::PathBuf;
use std::time::Duration;

/// Which chain a command reads.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Chain")]
pub struct ChainArgs {
    /// The profile in the configuration, instead of its default
    #[arg(
        long,
        value_name = "NAME",
        env = "ASSAY_PROFILE",
        hide_env_values = true
    )]
    pub profile: Option<String>,
    /// The configuration, instead of assay/config.toml in the user's folder for such files
    #[arg(
        long,
        value_name = "FILE",
        env = "ASSAY_CONFIG",
        hide_env_values = true
    )]
    pub config: Option<PathBuf>,
    /// A node's RPC address, instead of the profile's; several are tried in turn
    #[arg(long = "node", value_name = "URL")]
    pub nodes: Vec<String>,
    /// How long nodes are asked again where none answers: 10s, 1m
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, default_value = "1m")]
    pub patience: Duration,
}

/// Which chain, and who signs.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Chain")]
pub struct SignerArgs {
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
    /// The file with the mnemonic or the encrypted key of who signs, instead of the profile's.
    /// A mnemonic may also be in ASSAY_MNEMONIC, and a key's passphrase in ASSAY_PASSPHRASE
    #[arg(long, value_name = "FILE", env = "ASSAY_KEY", hide_env_values = true)]
    pub key: Option<PathBuf>,
}
