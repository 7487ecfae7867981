//! What each node of a compiled model costs, as `compile` and `estimate` show it.

use std::fmt;
use std::sync::Arc;

use assay_prover::graph::Plan;
use assay_prover::prediction::{Costs, PredictionCircuit};
use serde::Serialize;

use crate::Error;

/// Constraints by what they are for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeCosts {
    /// Range checks of the parameters.
    pub parameter_constraints: usize,
    /// Range checks of the inputs.
    pub input_constraints: usize,
    /// Hashing.
    pub statement_constraints: usize,
    /// Products with matrices that several rows have in common.
    pub product_constraints: usize,
    /// The tables that range checks are looked up in.
    pub table_constraints: usize,
    /// The nodes of the graph, in order.
    pub nodes: Vec<NodeCost>,
}

/// A node and its cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeCost {
    /// The node of the ONNX file that it comes from.
    pub node: String,
    /// Its operator in the specification.
    pub operator: String,
    /// Its constraints, all rows together.
    pub constraints: usize,
}

/// Counts a plan's constraints. `origins` names the node that each comes from.
///
/// # Errors
/// [`Error::Prover`] where the circuit can't be synthesised.
pub fn node_costs(plan: &Arc<Plan>, origins: &[String]) -> Result<(NodeCosts, Costs), Error> {
    let costs = PredictionCircuit::costs(plan)?;
    let nodes = plan.spec().graph.nodes.iter().zip(&costs.nodes).enumerate();
    let nodes = nodes.map(|(i, (node, &constraints))| NodeCost {
        node: origins.get(i).cloned().unwrap_or_default(),
        operator: node.operator.clone(),
        constraints,
    });
    let by_node = NodeCosts {
        parameter_constraints: costs.parameters,
        input_constraints: costs.input,
        statement_constraints: costs.statement,
        product_constraints: costs.products,
        table_constraints: costs.tables,
        nodes: nodes.collect(),
    };
    Ok((by_node, costs))
}

impl fmt::Display for NodeCosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .nodes
            .iter()
            .map(|n| n.node.chars().count())
            .max()
            .unwrap_or(0)
            .max(10);
        let mut line = |node: &str, operator: &str, constraints: &dyn fmt::Display| {
            writeln!(f, "{node:<width$}  {operator:<9}  {constraints:>11}")
        };
        line("node", "operator", &"constraints")?;
        line("parameters", "", &self.parameter_constraints)?;
        line("input", "", &self.input_constraints)?;
        for NodeCost {
            node,
            operator,
            constraints,
        } in &self.nodes
        {
            line(node, operator, constraints)?;
        }
        line("statement", "", &self.statement_constraints)?;
        if self.product_constraints > 0 {
            line("products", "", &self.product_constraints)?;
        }
        line("tables", "", &self.table_constraints)
    }
}
