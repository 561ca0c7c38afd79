//! Rhai evaluated at every check: the script is compiled once, then a function is called for each indicator.

use rhai::{AST, Array, CallFnOptions, Dynamic, Engine, Map, Scope};
use serde::Serialize;
use std::fmt::Display;
use wasm_bindgen::prelude::*;

/// A script with a function `ind_…` for each indicator.
#[wasm_bindgen]
pub struct Rules {
    engine: Engine,
    script: AST,
    /// Whether submissions are bound to `this`; otherwise they are copied into each call.
    bound: bool,
    /// The functions in the order of their names, and whether each asks for the statuses of those before it.
    functions: Vec<(String, bool)>,
}

#[wasm_bindgen]
impl Rules {
    /// Compiles a script.
    #[wasm_bindgen(constructor)]
    pub fn new(script: &str, bound: bool) -> Result<Rules, JsValue> {
        let engine = Engine::new();
        let script = engine.compile(script).map_err(problem)?;
        let own = usize::from(!bound);
        let mut functions: Vec<_> = script
            .iter_functions()
            .map(|function| (function.name.to_string(), function.params.len() > own))
            .collect();
        functions.sort();
        Ok(Rules {
            engine,
            script,
            bound,
            functions,
        })
    }

    /// The results of all indicators, and their total.
    pub fn evaluate(&self, submission: JsValue) -> Result<JsValue, JsValue> {
        let mut submission: Dynamic =
            serde_wasm_bindgen::from_value(submission).map_err(problem)?;
        let mut scope = Scope::new();
        let mut results = Array::new();
        let mut statuses = Map::new();
        let mut total = 0.0;
        for (name, asks) in &self.functions {
            let mut arguments: Vec<Dynamic> = Vec::new();
            if !self.bound {
                arguments.push(submission.clone());
            }
            if *asks {
                arguments.push(statuses.clone().into());
            }
            let mut options = CallFnOptions::new().eval_ast(false);
            if self.bound {
                options = options.bind_this_ptr(&mut submission);
            }
            let result: Map = self
                .engine
                .call_fn_with_options(options, &mut scope, &self.script, name, arguments)
                .map_err(problem)?;
            total += result["score"].as_float().map_err(problem)?;
            statuses.insert(name.as_str().into(), result["status"].clone());
            results.push(result.into());
        }
        let mut answer = Map::new();
        answer.insert("total".into(), total.into());
        answer.insert("results".into(), results.into());
        Dynamic::from(answer)
            .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
            .map_err(problem)
    }
}

fn problem(problem: impl Display) -> JsValue {
    JsValue::from_str(&problem.to_string())
}
