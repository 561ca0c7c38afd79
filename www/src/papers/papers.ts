/** All papers by their name: what is made of the work at hand. */
import { account } from './account';
import { missingList, pendingList, scoreSheet, taskList, unmetList } from './lists';
import type { Material, Paper } from './paper';
import { slips } from './slips';
import type { PaperId } from './wording';

/** `unit`: for one department, where the paper can be; empty for all. Slips are several papers. */
export function papersOf(id: PaperId, material: Material, unit: string): readonly Paper[] {
  switch (id) {
    case 'account': return [account(material)];
    case 'score': return [scoreSheet(material, unit)];
    case 'unmet': return [unmetList(material, unit)];
    case 'tasks': return [taskList(material, unit)];
    case 'missing': return [missingList(material, unit)];
    case 'pending': return [pendingList(material)];
    case 'slips': return slips(material, unit);
  }
}

/** Which papers can be made for one department. */
export function byUnit(id: PaperId): boolean {
  return id !== 'account' && id !== 'pending';
}
