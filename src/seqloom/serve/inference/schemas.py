"""What requests and answers of the protocol consist of, as JSON Schema."""

from seqloom.serve.inference.datatypes import IN_JSON
from seqloom.serve.inference.request import LARGEST_ID, TENSORS
from seqloom.serve.inference.tensor import DIMENSIONS
from seqloom.serve.schemas import LIMITS, MAYBE, WHOLE, Schema, closed, given, listed, part

DATATYPE: Schema = {"enum": list(IN_JSON)}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean", "default": False}
DATA: Schema = {"type": "array", "description": "Values, the last dimension running fastest; nested lists do, too."}
SHAPE = listed({"type": "integer", "minimum": -1})
SLOT = given(name=TEXT, datatype=DATATYPE, shape=SHAPE)
SCHEMAS: dict[str, Schema] = {
    "Server": given(name=TEXT, version=TEXT, extensions=listed(TEXT)),
    "Live": given(live=FLAG),
    "Ready": given(ready=FLAG),
    "ModelReady": given(name=TEXT, version=TEXT, ready=FLAG),
    "ModelTensors": given(name=TEXT, versions=listed(TEXT), platform=TEXT, inputs=listed(SLOT), outputs=listed(SLOT)),
    "InputTensor": closed(
        "name datatype shape",
        name=TEXT,
        datatype=DATATYPE,
        shape=listed(WHOLE, DIMENSIONS),
        data=DATA,
        parameters=closed("", binary_data_size=WHOLE),
    ),
    "RequestParameters": closed(
        "",
        sequence_id={
            "description": "The stream; the number 0 and the empty text are none.",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": LARGEST_ID},
                {"type": "string", "maxLength": LIMITS.name},
            ],
        },
        sequence_start=FLAG | {"description": "The stream begins anew with these readings."},
        sequence_end=FLAG | {"description": "The stream is removed after these readings."},
        seq=MAYBE | {"description": "Number of the first reading; a repeated one is answered as it was."},
        epoch=MAYBE | {"description": "Of the stream; at a start, the one that begins."},
        binary_data_output=FLAG,
        priority={"description": "Not used."},
        timeout={"description": "Not used."},
    ),
    "InferRequest": closed(
        "inputs",
        id={"type": "string", "maxLength": LIMITS.name},
        inputs=listed(part("InputTensor"), TENSORS),
        outputs={
            "type": "array",
            "maxItems": TENSORS,
            "items": closed("name", name=TEXT, parameters=closed("", binary_data=FLAG)),
        },
        parameters=part("RequestParameters"),
    ),
    "OutputTensor": {
        "type": "object",
        "required": ["name", "datatype", "shape"],
        "properties": {
            "name": TEXT,
            "datatype": DATATYPE,
            "shape": SHAPE,
            "data": DATA | {"description": "Null for a number that is not known."},
            "parameters": given(binary_data_size=WHOLE),
        },
    },
    "InferResponse": {
        "type": "object",
        "required": ["model_name", "model_version", "outputs"],
        "properties": {
            "model_name": TEXT,
            "model_version": TEXT,
            "id": TEXT,
            "parameters": {"type": "object"},
            "outputs": listed(part("OutputTensor")),
        },
    },
    "Problem": given(
        error=TEXT | {"description": "A sentence."}, code=TEXT | {"description": "One word for programs."}
    ),
}
