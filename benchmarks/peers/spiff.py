"""The same round of steps in SpiffWorkflow, its state written to JSON text and read back at every step."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="bench">
  <process id="appeal" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f0" sourceRef="start" targetRef="receive"/>
    <manualTask id="receive"/><sequenceFlow id="f1" sourceRef="receive" targetRef="handle"/>
    <manualTask id="handle"/><sequenceFlow id="f2" sourceRef="handle" targetRef="inspect"/>
    <manualTask id="inspect"/><sequenceFlow id="f3" sourceRef="inspect" targetRef="which"/>
    <exclusiveGateway id="which" default="f5"/>
    <sequenceFlow id="f4" sourceRef="which" targetRef="handle">
      <conditionExpression>passed == False</conditionExpression></sequenceFlow>
    <sequenceFlow id="f5" sourceRef="which" targetRef="confirm"/>
    <manualTask id="confirm"/><sequenceFlow id="f6" sourceRef="confirm" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>
"""


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "appeal.bpmn"
        path.write_text(BPMN)
        parser = BpmnParser()
        parser.add_bpmn_file(str(path))
        spec = parser.get_spec("appeal")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    steps = 0
    start = time.process_time()
    for _ in range(rounds):
        steps += one_matter(spec, serializer)
    seconds = time.process_time() - start
    print(json.dumps({"steps": steps, "seconds": seconds}))


def one_matter(spec: object, serializer: BpmnWorkflowSerializer) -> int:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    steps, inspected = 0, 0
    while not workflow.is_completed():
        text = serializer.serialize_json(workflow)
        workflow = serializer.deserialize_json(text)
        task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
        if task.task_spec.name == "inspect":
            inspected += 1
        task.data["passed"] = inspected > 1
        task.run()
        workflow.do_engine_steps()
        steps += 1
    return steps


if __name__ == "__main__":
    main(int(sys.argv[1]))
