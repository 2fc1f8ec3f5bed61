"""The sentence encoder in onnxruntime: the peer of the embedding benchmark.

usage: onnx_embedding.py WEIGHTS IDS VECTORS THREADS
WEIGHTS: model.safetensors. IDS: one JSON list of token ids a line. VECTORS: Carrel's vectors, little-endian f32.
Prints passages per second and the smallest cosine between its vectors and Carrel's. Tokenising is not counted, and
the graph uses onnxruntime's own fused operators: the peer is given its best case.
"""
import json
import struct
import sys
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FUSED = "com.microsoft"
LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
BATCH = 8


class Graph:
    """An encoder of BERT's architecture, written with the weights of a safetensors file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self.index = json.loads(file.read(length))
            self.data = file.read()
        self.constants, self.nodes = [], []

    def weight(self, name):
        begin, end = self.index[name]["data_offsets"]
        return np.frombuffer(self.data[begin:end], np.float32).reshape(self.index[name]["shape"])

    def constant(self, name, value=None):
        value = self.weight(name) if value is None else value
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator, inputs, output, domain="", **attributes):
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def linear(self, source, layer, output):
        return self.add("MatMul", [source, self.constant(layer + ".weight", self.weight(layer + ".weight").T)], output)

    def normalise(self, source, skipped, layer, norm, output):
        inputs = [source, skipped, self.constant(norm + ".weight"), self.constant(norm + ".bias"),
                  self.constant(layer + ".bias")]
        return self.add("SkipLayerNormalization", inputs, output, FUSED, epsilon=EPSILON)

    def layer(self, state, number):
        prefix, tag = f"encoder.layer.{number}.", f"_{number}"
        parts = [prefix + "attention.self." + part for part in ("query", "key", "value")]
        weights = self.constant("qkv" + tag, np.concatenate([self.weight(p + ".weight").T for p in parts], 1))
        biases = self.constant("qkv_bias" + tag, np.concatenate([self.weight(p + ".bias") for p in parts]))
        heads = self.add("Attention", [state, weights, biases, "mask"], "heads" + tag, FUSED, num_heads=HEADS)
        dense = prefix + "attention.output.dense"
        state = self.normalise(self.linear(heads, dense, "attended" + tag), state, dense,
                               prefix + "attention.output.LayerNorm", "middle" + tag)
        dense = prefix + "intermediate.dense"
        wide = self.add("BiasGelu", [self.linear(state, dense, "wide" + tag), self.constant(dense + ".bias")],
                        "active" + tag, FUSED)
        dense = prefix + "output.dense"
        return self.normalise(self.linear(wide, dense, "narrow" + tag), state, dense, prefix + "output.LayerNorm",
                              "state" + tag)

    def model(self):
        tables = ["word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight",
                  "LayerNorm.weight", "LayerNorm.bias"]
        state = self.add("EmbedLayerNormalization",
                         ["ids", "types"] + [self.constant("embeddings." + table) for table in tables] + ["mask"],
                         ["start", "lengths"], FUSED, epsilon=EPSILON)
        for number in range(LAYERS):
            state = self.layer(state, number)
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "length"]) for n in ("ids", "types", "mask")]
        output = helper.make_tensor_value_info(state, TensorProto.FLOAT, ["batch", "length", WIDTH])
        graph = helper.make_graph(self.nodes, "encoder", inputs, [output], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)])
        model.ir_version = 9
        return model


def embed(session, texts):
    length = max(map(len, texts))
    ids = np.zeros((len(texts), length), np.int32)
    mask = np.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    (states,) = session.run(None, {"ids": ids, "types": np.zeros_like(ids), "mask": mask})
    sums = (states * mask[:, :, None]).sum(1)
    return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def main():
    weights, id_file, vector_file, threads = sys.argv[1:]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    session = onnxruntime.InferenceSession(
        Graph(weights).model().SerializeToString(), options, providers=["CPUExecutionProvider"])
    with open(id_file, encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    found = np.zeros((len(texts), WIDTH), np.float32)
    embed(session, texts[:BATCH])
    start = time.perf_counter()
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        found[batch] = embed(session, [texts[number] for number in batch])
    seconds = time.perf_counter() - start
    carrel = np.fromfile(vector_file, "<f4").reshape(found.shape)
    print(len(texts) / seconds, (found * carrel).sum(1).min())


main()
